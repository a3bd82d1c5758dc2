import { isCommonMetric, isSimilarity, type Metric } from "../contract/metric.js";
import { scoreByMetric } from "./score-by-metric.js";

/**
 * The score of one row; larger is nearer. For inner_product the dot product, for l2 minus the squared distance.
 *
 * This sum (float64; four sums over elements i mod 4, then (s0 + s2) + (s1 + s3)) *defines* the order of neighbours
 * everywhere in this package: the WASM kernels use float32 and int8 arithmetic only to skip rows that provably cannot
 * win, and score the rest with the same operations in the same order.
 * @param metricArg the power of `"lp"`
 */
export function scoreRow(
  metric: Metric,
  queries: Float32Array,
  queryStart: number,
  rows: Float32Array,
  rowStart: number,
  dimensions: number,
  metricArg = 0,
): number {
  if (!isCommonMetric(metric))
    return scoreByMetric(metric, metricArg, queries, queryStart, rows, rowStart, dimensions);
  const isIp = metric === "inner_product";
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = dimensions & ~3;
  let q = queryStart;
  let r = rowStart;
  for (const end = rowStart + whole; r < end; r += 4, q += 4) {
    s0 += isIp ? queries[q]! * rows[r]! : square(queries[q]! - rows[r]!);
    s1 += isIp ? queries[q + 1]! * rows[r + 1]! : square(queries[q + 1]! - rows[r + 1]!);
    s2 += isIp ? queries[q + 2]! * rows[r + 2]! : square(queries[q + 2]! - rows[r + 2]!);
    s3 += isIp ? queries[q + 3]! * rows[r + 3]! : square(queries[q + 3]! - rows[r + 3]!);
  }
  const left = dimensions - whole;
  if (left > 0) s0 += isIp ? queries[q]! * rows[r]! : square(queries[q]! - rows[r]!);
  if (left > 1) s1 += isIp ? queries[q + 1]! * rows[r + 1]! : square(queries[q + 1]! - rows[r + 1]!);
  if (left > 2) s2 += isIp ? queries[q + 2]! * rows[r + 2]! : square(queries[q + 2]! - rows[r + 2]!);
  const sum = s0 + s2 + (s1 + s3);
  return isIp ? sum : -sum;
}

function square(x: number): number {
  return x * x;
}

/** A score as faiss reports it: the similarity, or the distance. */
export function toDistance(metric: Metric, score: number): number {
  // 0 - score, so that a distance of zero is not reported as -0.
  return isSimilarity(metric) ? score : 0 - score;
}
