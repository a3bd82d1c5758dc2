import type { Metric } from "@secondpass/faiss";

/** Metrics of faiss that are strategies under their own names. */
const OTHER_METRICS = ["l1", "linf", "canberra", "bray_curtis", "jensen_shannon", "jaccard"] as const;

/**
 * The measure by which vectors are compared, which decides what scores mean:
 * - `"l2"` (Python's EUCLIDEAN_DISTANCE, the default): **squared** Euclidean distance, as faiss reports it; lower is better;
 * - `"ip"` (MAX_INNER_PRODUCT): dot product; higher is better;
 * - `"cosine"`: cosine similarity, from -1 to 1; higher is better. Vectors are normalised when they are added;
 * - `"l1"` (sum of differences), `"linf"` (largest difference), `"canberra"`, `"bray_curtis"`, `"jensen_shannon"`: faiss's distances; lower is better;
 * - `"jaccard"`: faiss's similarity; higher is better.
 *
 * Those of the last two groups are slower, work with flat, HNSW and IVF indexes, and have no relevance formula in LangChain: pass `relevanceScore`. `"jensen_shannon"`
 * and `"jaccard"` are for vectors without negative elements.
 */
export type DistanceStrategy = "l2" | "ip" | "cosine" | (typeof OTHER_METRICS)[number];

export const DISTANCE_STRATEGIES: readonly DistanceStrategy[] = ["l2", "ip", "cosine", ...OTHER_METRICS];

/** The index's metric for a strategy: the cosine is the inner product of normalised vectors. */
export function metricOf(strategy: DistanceStrategy): Metric {
  return strategy === "ip" || strategy === "cosine" ? "inner_product" : strategy;
}

/** The strategy for a saved index of a metric; undefined if there is none. */
export function strategyOf(metric: Metric): DistanceStrategy | undefined {
  return metric === "inner_product" ? "ip" : DISTANCE_STRATEGIES.find((strategy) => strategy === metric);
}

/** Whether higher scores are better. */
function isHigherBetter(strategy: DistanceStrategy): boolean {
  return ["ip", "cosine", "jaccard"].includes(strategy);
}

/** Whether a score is at least as good as a threshold on the same scale. */
export function reachesThreshold(strategy: DistanceStrategy, score: number, threshold: number): boolean {
  return isHigherBetter(strategy) ? score >= threshold : score <= threshold;
}
