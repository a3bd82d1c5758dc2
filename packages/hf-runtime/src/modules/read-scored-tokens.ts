import { feature } from "./apply/feature.js";
import { checkFiniteRows } from "./check-finite-rows.js";
import type { ReadRows } from "./read-rows.js";

/**
 * Reads each text's logit, followed by the probability of each of its tokens to be kept, from the output of `tokenScores`:
 * [batch, tokens, 3] → [1 + tokens of the text] each, without padding. The softmax of two logits is the sigmoid of their difference.
 */
export const readScoredTokens: ReadRows<Float32Array> = (features, context) => {
  const { rows } = context;
  const { data, dims } = feature(features, "token_embeddings", "The model");
  const attended = feature(features, "attention_mask", "The model").data;
  const [, tokens = 0, width = 0] = dims;
  checkFiniteRows(data as Float32Array, tokens * width, "pair", context);
  return Array.from({ length: rows }, (_, row) => {
    const read: number[] = [data[row * tokens * width]!];
    for (let at = row * tokens; at < (row + 1) * tokens; at++) {
      if (attended[at] !== 1) continue;
      read.push(1 / (1 + Math.exp(data[at * width + 1]! - data[at * width + 2]!)));
    }
    return Float32Array.from(read);
  });
};
