import type { Metric } from "@secondpass/faiss";

/**
 * The measure by which vectors are compared, which decides what scores mean:
 * - `"l2"` (Python's EUCLIDEAN_DISTANCE, the default): **squared** Euclidean distance, as faiss reports it; lower is better;
 * - `"ip"` (MAX_INNER_PRODUCT): dot product; higher is better;
 * - `"cosine"`: cosine similarity, from -1 to 1; higher is better. Vectors are normalised when they are added.
 */
export type DistanceStrategy = "l2" | "ip" | "cosine";

export const DISTANCE_STRATEGIES: readonly DistanceStrategy[] = ["l2", "ip", "cosine"];

/** The index's metric for a strategy: the cosine is the inner product of normalised vectors. */
export function metricOf(strategy: DistanceStrategy): Metric {
  return strategy === "l2" ? "l2" : "inner_product";
}

/** Whether a score is at least as good as a threshold on the same scale. */
export function reachesThreshold(strategy: DistanceStrategy, score: number, threshold: number): boolean {
  return strategy === "l2" ? score <= threshold : score >= threshold;
}
