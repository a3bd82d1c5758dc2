import { workSlices } from "@secondpass/core";
import { isSimilarity, type Metric } from "../contract/metric.js";
import { FLT_MAX, NO_LABEL, type SearchResult } from "../contract/search-result.js";
import { toDistance } from "./score-row.js";
import type { TopK } from "./top-k.js";

/** More neighbours of a query are sorted in slices: these take about a millisecond. */
const MANY = 2048;

/** Neighbours, or queries with few of them, between two looks at the clock. */
const NEIGHBOURS_PER_LOOK = 32;

/** Room for [count, k] results, every slot empty as faiss leaves it. */
export function emptyResults(metric: Metric, count: number, k: number): SearchResult {
  return {
    distances: new Float32Array(count * k).fill(isSimilarity(metric) ? -FLT_MAX : FLT_MAX),
    labels: new BigInt64Array(count * k).fill(NO_LABEL),
  };
}

/**
 * Turns the best of each query into faiss's arrays.
 * @param found one a query; nothing may be pushed to them afterwards
 * @param labelAt the label of a position; without it a position is its own label
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
  const slices = workSlices(signal, { stepsPerLook: NEIGHBOURS_PER_LOOK });
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
