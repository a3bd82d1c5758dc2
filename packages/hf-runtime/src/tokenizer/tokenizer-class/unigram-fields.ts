import type { ModelJson } from "../json/model-json.js";

/** What a class makes of a Unigram model: the place of the unknown piece is its own, and there is no byte fallback. */
export function unigramFields(unknownId: number): Partial<ModelJson> {
  return { unk_id: unknownId, byte_fallback: false };
}
