import type { Batch } from "./batch.js";

/** Splits a batch of at least two pairs into two halves. */
export function halve({ pairs, indices }: Batch): [Batch, Batch] {
  const middle = Math.ceil(pairs.length / 2);
  return [
    { pairs: pairs.slice(0, middle), indices: indices.slice(0, middle) },
    { pairs: pairs.slice(middle), indices: indices.slice(middle) },
  ];
}
