import type { ComponentJson } from "../json/component-json.js";
import { UnknownComponentError } from "../json/unknown-component-error.js";
import { type PreTokenizer, preTokenizer } from "./pre-tokenizer.js";
import { preTokenizers } from "./pre-tokenizers.js";

/**
 * Builds the pre-tokenizer of a tokenizer.json.
 * @throws UnknownComponentError for a kind that is not in the list
 * @throws SyntaxError if one of its patterns cannot be translated or cannot be matched in linear time
 */
export function createPreTokenizer(json: ComponentJson | null): PreTokenizer {
  if (json === null) return preTokenizer((text) => [text], "unknown");
  const kind = preTokenizers.find(({ type }) => type === json.type);
  if (!kind) throw new UnknownComponentError("PreTokenizer", json.type);
  return kind.create(json, createPreTokenizer);
}
