import type { Metric } from "../index/metric.js";

/**
 * The score of one row: larger is nearer. inner_product: the dot product; l2: minus the squared distance.
 *
 * This sum, float64 in index order, *defines* the order of neighbours everywhere in this package: the WASM kernels
 * only use float32 and int8 arithmetic to skip rows that cannot win, and score the rest with the same operations.
 */
export function scoreRow(
  metric: Metric,
  query: Float32Array,
  queryStart: number,
  rows: Float32Array,
  rowStart: number,
  dimensions: number,
): number {
  let sum = 0;
  if (metric === "inner_product") {
    for (let i = 0; i < dimensions; i++) sum += query[queryStart + i]! * rows[rowStart + i]!;
    return sum;
  }
  for (let i = 0; i < dimensions; i++) {
    const difference = query[queryStart + i]! - rows[rowStart + i]!;
    sum += difference * difference;
  }
  return -sum;
}

/** A score as faiss reports it: the inner product, or the squared distance. */
export function toDistance(metric: Metric, score: number): number {
  // 0 - score, so that a distance of zero is not reported as -0.
  return metric === "inner_product" ? score : 0 - score;
}
