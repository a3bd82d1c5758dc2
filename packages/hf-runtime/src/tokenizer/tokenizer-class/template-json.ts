import type { ComponentJson } from "../json/component-json.js";

/** A special token with its id, or the place of a text; with its segment if that is not 0. */
export type TemplatePart =
  | readonly [token: string, id: number]
  | "A"
  | "B"
  | "B:1"
  | readonly [token: string, id: number, segment: 1];

/** Builds a TemplateProcessing of tokenizer.json. */
export function templateJson(single: readonly TemplatePart[], pair: readonly TemplatePart[]): ComponentJson {
  const tokens = [...single, ...pair].filter((part) => typeof part !== "string");
  return {
    type: "TemplateProcessing",
    single: single.map(piece),
    pair: pair.map(piece),
    special_tokens: Object.fromEntries(
      tokens.map(([token, id]) => [token, { id: token, ids: [id], tokens: [token] }]),
    ),
  };
}

function piece(part: TemplatePart) {
  if (typeof part !== "string") return { SpecialToken: { id: part[0], type_id: part[2] ?? 0 } };
  const [id = "", segment = "0"] = part.split(":");
  return { Sequence: { id, type_id: Number(segment) } };
}
