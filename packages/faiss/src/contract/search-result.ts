/**
 * Neighbours of each query, best first, shaped [queries, k] row-major. If there are fewer than k, the remaining slots
 * have label -1 and the worst possible distance: `FLT_MAX` for distances, `-FLT_MAX` for similarities, as in faiss.
 */
export interface SearchResult {
  /** Distances (ascending; for l2, squared) or similarities (descending), rounded to float32. */
  readonly distances: Float32Array;
  /** 64-bit as in faiss: positions counted from 0, or the caller's ids in IDMap and IVF indexes. */
  readonly labels: BigInt64Array;
}

/** The largest finite float32: the distance of a slot without a neighbour. */
export const FLT_MAX = 3.4028234663852886e38;

/** The label of a slot without a neighbour. */
export const NO_LABEL = -1n;
