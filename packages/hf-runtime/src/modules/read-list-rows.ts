import { InferenceError } from "../errors/inference-error.js";
import { NonFiniteResultError } from "../errors/non-finite-result-error.js";
import { UnsupportedRerankerError } from "../errors/unsupported-reranker-error.js";
import { firstNonFinite } from "../numbers/first-non-finite.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import { feature } from "./apply/feature.js";
import type { ReadRows } from "./read-rows.js";

/** Special tokens whose vectors stand for documents and for the query in a listwise reranker. */
export const LIST_TOKENS = { document: "<|embed_token|>", query: "<|rerank_token|>" } as const;

/**
 * Reads the vectors of a list into one row: the query's vector, then the documents' vectors in order.
 * @throws UnsupportedRerankerError if the tokenizer has no such tokens
 */
export function readListRows(
  model: string,
  tokenizer: Pick<TextTokenizer, "tokenId">,
): ReadRows<Float32Array> {
  const [query, document] = [LIST_TOKENS.query, LIST_TOKENS.document].map((token) => {
    const id = tokenizer.tokenId(token);
    if (id !== undefined) return id;
    throw new UnsupportedRerankerError(model, "JinaForRanking", `its tokenizer has no token "${token}"`);
  });
  return (features, { rows, position }) => {
    const vectors = feature(features, "token_embeddings", "The model");
    const ids = feature(features, "input_ids", "The model").data;
    const [, tokens = 0, width = 0] = vectors.dims;
    return Array.from({ length: rows }, (_, row) => {
      const placesOf = (id: number | undefined) =>
        Array.from({ length: tokens }, (_, token) => token).filter(
          (token) => Number(ids[row * tokens + token]) === id,
        );
      const places = [...placesOf(query), ...placesOf(document)];
      if (placesOf(query).length !== 1) {
        throw new InferenceError(
          model,
          `expected one "${LIST_TOKENS.query}" in its input, which was cut off`,
        );
      }
      const read = new Float32Array(places.length * width);
      for (const [i, place] of places.entries()) {
        const start = (row * tokens + place) * width;
        read.set((vectors.data as Float32Array).subarray(start, start + width), i * width);
      }
      const wrong = firstNonFinite(read);
      if (wrong >= 0) throw new NonFiniteResultError(model, "pair", position(row), read[wrong]!);
      return read;
    });
  };
}
