import type { ModelJson } from "../json/model-json.js";

/** The fields that a class sets in a Unigram model: the id of the unknown piece, and no byte fallback. */
export function unigramFields(unknownId: number): Partial<ModelJson> {
  return { unk_id: unknownId, byte_fallback: false };
}
