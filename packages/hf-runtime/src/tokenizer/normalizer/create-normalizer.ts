import type { ComponentJson } from "../json/component-json.js";
import { UnknownComponentError } from "../json/unknown-component-error.js";
import type { Normalizer } from "./normalizer.js";
import { normalizers } from "./normalizers.js";

/**
 * Builds the normalizer of a tokenizer.json.
 * @throws UnknownComponentError for a kind that is not in the list
 * @throws SyntaxError if a pattern of it cannot be translated
 */
export function createNormalizer(json: ComponentJson | null): Normalizer {
  if (json === null) return (text) => text;
  const kind = normalizers.find(({ types }) => types.includes(json.type));
  if (!kind) throw new UnknownComponentError("Normalizer", json.type);
  return kind.create(json, createNormalizer);
}
