import { buildDoubleArray } from "./build-double-array.js";
import type { UnigramTables } from "./unigram-model.js";

/** The model section of a Unigram tokenizer.json. */
export interface UnigramJson {
  readonly vocab: readonly (readonly [piece: string, score: number])[];
  readonly unk_id: number | null;
  readonly byte_fallback?: boolean;
}

/**
 * Builds the tables of a Unigram model.
 * @returns undefined for a vocabulary that they cannot hold: without an unknown piece, or with a zero byte in a piece
 */
export function buildUnigramTables(json: UnigramJson): UnigramTables | undefined {
  const { vocab, unk_id: unknownId } = json;
  if (typeof unknownId !== "number" || vocab[unknownId] === undefined) return undefined;
  const scores = new Float64Array(vocab.length);
  const offsets = new Uint32Array(vocab.length + 1);
  const encoder = new TextEncoder();
  // Three bytes a UTF-16 unit at most.
  let bytes = new Uint8Array(3 * vocab.reduce((sum, [piece]) => sum + piece.length, 0));
  let at = 0;
  for (const [index, [piece, score]] of vocab.entries()) {
    scores[index] = score;
    at += encoder.encodeInto(piece, bytes.subarray(at)).written;
    offsets[index + 1] = at;
  }
  bytes = bytes.subarray(0, at);
  if (bytes.includes(0)) return undefined;
  return {
    trie: buildDoubleArray({ bytes, offsets }),
    scores,
    unknownId,
    byteFallback: json.byte_fallback ?? false,
  };
}
