import type { ComponentJson } from "../json/component-json.js";

/** Fields that `tokenizers` requires of a RobertaProcessing besides its tokens. */
const FIELDS = ["trim_offsets", "add_prefix_space"] as const;

/** Reads a RobertaProcessing that lacks a field as a BertProcessing, as `tokenizers` does: it looks at the fields, not at the type. */
export function readAsBert(json: ComponentJson | null): ComponentJson | null {
  if (json?.type === "Sequence" && Array.isArray(json.processors)) {
    return { ...json, processors: json.processors.map(readAsBert) };
  }
  if (json?.type !== "RobertaProcessing" || FIELDS.every((name) => typeof json[name] === "boolean"))
    return json;
  return { ...json, type: "BertProcessing" };
}
