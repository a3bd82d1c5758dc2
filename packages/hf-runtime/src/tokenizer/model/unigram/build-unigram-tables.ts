import type { ModelJson } from "../../json/model-json.js";
import { type ByteKeys, buildDoubleArray } from "./build-double-array.js";
import type { UnigramTables } from "./unigram-tables.js";

/** The fields of a Unigram model in tokenizer.json. */
export interface UnigramJson extends ModelJson {
  readonly vocab: readonly (readonly [piece: string, score: number])[];
  readonly unk_id: number | null;
  readonly byte_fallback?: boolean;
}

/** A Unigram vocabulary in flat arrays: the pieces as UTF-8, and [pieces] log probabilities. */
export interface UnigramVocabulary {
  readonly keys: ByteKeys;
  readonly scores: Float64Array;
}

/**
 * Builds the tables of a Unigram model.
 * @param vocabulary replaces `json.vocab` if it was read separately
 * @returns undefined if they cannot hold the vocabulary: it has no unknown piece, or a piece contains a zero byte
 */
export async function buildUnigramTables(
  json: UnigramJson,
  vocabulary: UnigramVocabulary = flatten(json.vocab),
): Promise<UnigramTables | undefined> {
  const { keys, scores } = vocabulary;
  const { unk_id: unknownId } = json;
  if (typeof unknownId !== "number" || scores[unknownId] === undefined || keys.bytes.includes(0))
    return undefined;
  return { trie: await buildDoubleArray(keys), scores, unknownId, byteFallback: json.byte_fallback ?? false };
}

function flatten(vocab: UnigramJson["vocab"]): UnigramVocabulary {
  const scores = new Float64Array(vocab.length);
  const offsets = new Uint32Array(vocab.length + 1);
  const encoder = new TextEncoder();
  // At most three bytes per UTF-16 unit.
  const bytes = new Uint8Array(3 * vocab.reduce((sum, [piece]) => sum + piece.length, 0));
  let at = 0;
  for (const [index, [piece, score]] of vocab.entries()) {
    scores[index] = score;
    at += encoder.encodeInto(piece, bytes.subarray(at)).written;
    offsets[index + 1] = at;
  }
  return { keys: { bytes: bytes.subarray(0, at), offsets }, scores };
}
