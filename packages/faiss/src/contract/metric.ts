/**
 * How an index compares vectors, with faiss's meaning:
 * - `"l2"`: squared Euclidean distance, smaller is nearer (faiss reports no square root);
 * - `"inner_product"`: dot product, larger is nearer. Over normalised vectors it is the cosine similarity.
 */
export type Metric = "l2" | "inner_product";
