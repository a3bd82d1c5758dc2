import { workSlices } from "@secondpass/core";
import { isSimilarity, type Metric } from "../contract/metric.js";
import { FLT_MAX, NO_LABEL, type SearchResult } from "../contract/search-result.js";
import { toDistance } from "./score-row.js";
import type { TopK } from "./top-k.js";

/** More neighbours of a query than this, which take about a millisecond, are sorted in slices. */
const MANY = 2048;

/** Neighbours, or queries with few of them, between two checks of the clock. */
const NEIGHBOURS_PER_CHECK = 32;

/** Arrays for [count, k] results, with empty slots as in faiss. */
export function emptyResults(metric: Metric, count: number, k: number): SearchResult {
  return {
    distances: new Float32Array(count * k).fill(isSimilarity(metric) ? -FLT_MAX : FLT_MAX),
    labels: new BigInt64Array(count * k).fill(NO_LABEL),
  };
}

/**
 * Converts the best of each query to faiss's arrays.
 * @param found one for each query; nothing may be pushed to them afterwards
 * @param labelAt the label of a position; if not given, labels are positions
 * @throws the signal's reason
 */
export async function packResults(
  metric: Metric,
  found: readonly TopK[],
  count: number,
  k: number,
  signal: AbortSignal | undefined,
  labelAt: (position: number) => bigint = BigInt,
): Promise<SearchResult> {
  const results = emptyResults(metric, count, k);
  const put = (query: number, rank: number, score: number, position: number) => {
    results.distances[query * k + rank] = toDistance(metric, score);
    results.labels[query * k + rank] = labelAt(position);
  };
  const slices = workSlices(signal, { stepsPerCheck: NEIGHBOURS_PER_CHECK });
  for (const [query, best] of found.entries()) {
    if (best.count < MANY) {
      for (const [rank, [score, position]] of best.sorted().entries()) put(query, rank, score, position);
      if (slices.due()) await slices.pause();
      continue;
    }
    await best.sortInSlices(slices);
    for (let rank = 0; rank < best.count; rank++) {
      put(query, rank, best.scoreAt(rank), best.positionAt(rank));
      if (slices.due()) await slices.pause();
    }
  }
  return results;
}
