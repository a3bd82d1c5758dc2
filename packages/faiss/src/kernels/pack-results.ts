import type { Metric } from "../contract/metric.js";
import { FLT_MAX, NO_LABEL, type SearchResult } from "../contract/search-result.js";
import { toDistance } from "./score-row.js";
import type { TopK } from "./top-k.js";

/** Room for [count, k] results, every slot empty as faiss leaves it. */
export function emptyResults(metric: Metric, count: number, k: number): SearchResult {
  return {
    distances: new Float32Array(count * k).fill(metric === "l2" ? FLT_MAX : -FLT_MAX),
    labels: new BigInt64Array(count * k).fill(NO_LABEL),
  };
}

/**
 * Turns the best of each query into faiss's arrays.
 * @param labelAt the label of a position; without it a position is its own label
 */
export function packResults(
  metric: Metric,
  found: readonly TopK[],
  count: number,
  k: number,
  labelAt: (position: number) => bigint = BigInt,
): SearchResult {
  const results = emptyResults(metric, count, k);
  found.forEach((best, query) => {
    best.sorted().forEach(([score, position], rank) => {
      results.distances[query * k + rank] = toDistance(metric, score);
      results.labels[query * k + rank] = labelAt(position);
    });
  });
  return results;
}
