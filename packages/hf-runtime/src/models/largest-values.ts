import type { SparseVector } from "../contracts/sparse-encoder.js";

/** Keeps only the `count` numbers of a vector that are furthest from zero. Of equal numbers, the first ones are kept. */
export function largestValues(vector: SparseVector, count: number): SparseVector {
  const { indices, values } = vector;
  if (values.length <= count) return vector;
  const order = Uint32Array.from(values.keys());
  order.sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!) || a - b);
  const kept = order.subarray(0, count).sort();
  return {
    indices: Uint32Array.from(kept, (i) => indices[i]!),
    values: Float32Array.from(kept, (i) => values[i]!),
  };
}
