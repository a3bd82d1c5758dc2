import type { ComponentJson } from "../json/component-json.js";
import { UnknownComponentError } from "../json/unknown-component-error.js";
import { cuts } from "./cuts.js";
import type { Normalizer } from "./normalizer.js";
import { normalizers } from "./normalizers.js";

/**
 * Builds the normalizer of a tokenizer.json.
 * @throws UnknownComponentError for a kind that is not in the list
 * @throws SyntaxError if one of its patterns cannot be translated or cannot be matched in linear time
 */
export function createNormalizer(json: ComponentJson | null): Normalizer {
  if (json === null) return Object.assign((text: string) => text, { canCut: cuts.betweenCharacters });
  const kind = normalizers.find(({ types }) => types.includes(json.type));
  if (!kind) throw new UnknownComponentError("Normalizer", json.type);
  return kind.create(json, createNormalizer);
}
