/** All metrics. */
export const METRICS = [
  "l2",
  "inner_product",
  "l1",
  "linf",
  "lp",
  "canberra",
  "bray_curtis",
  "jensen_shannon",
  "jaccard",
  "nan_euclidean",
  "gower",
] as const;

/**
 * The metric by which an index compares vectors, as in faiss:
 * - `"l2"`: squared Euclidean distance, smaller is nearer (faiss reports no square root);
 * - `"inner_product"`: dot product, larger is nearer. Over normalised vectors it is the cosine similarity;
 * - the others are distances, smaller is nearer, except `"jaccard"`, a similarity of vectors without negative elements.
 *   Flat, HNSW and IVF flat indexes from files have them; `"lp"` sums differences to the power of the index's `metricArg`.
 */
export type Metric = (typeof METRICS)[number];

/** Whether larger is nearer. */
export function isSimilarity(metric: Metric): boolean {
  return metric === "inner_product" || metric === "jaccard";
}

/** Whether kernels and codes support the metric; others are computed number by number. */
export function isCommonMetric(metric: Metric): boolean {
  return metric === "l2" || metric === "inner_product";
}
