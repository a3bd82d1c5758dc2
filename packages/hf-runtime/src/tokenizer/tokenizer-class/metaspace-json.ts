import type { ComponentJson } from "../json/component-json.js";

/** A Metaspace that splits at every "▁". */
export function metaspaceJson(scheme: "always" | "first" | "never"): ComponentJson {
  return { type: "Metaspace", replacement: "▁", prepend_scheme: scheme, split: true };
}
