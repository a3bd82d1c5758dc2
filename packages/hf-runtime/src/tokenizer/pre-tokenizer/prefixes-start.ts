import type { ComponentJson } from "../json/component-json.js";
import { type MetaspaceJson, metaspace, prependScheme } from "./metaspace.js";

/** Whether a pre-tokenizer puts a prefix in front of the start of the input only. */
export function prefixesStart(json: ComponentJson | null): boolean {
  if (json?.type === "Sequence") return (json.pretokenizers as readonly ComponentJson[]).some(prefixesStart);
  return json?.type === metaspace.type && prependScheme(json as MetaspaceJson) === "first";
}
