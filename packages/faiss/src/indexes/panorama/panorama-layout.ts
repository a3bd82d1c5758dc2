/**
 * faiss's Panorama layout of float vectors: batches of vectors, each level by level (the first elements of all vectors, then the next),
 * and for each vector the norms of its rest from each level on, by which faiss rejects vectors early. The vectors
 * themselves are unchanged.
 */
export interface PanoramaLayout {
  /** Number of levels of a vector. */
  readonly levels: number;
  /** Vectors of a batch. */
  readonly batchSize: number;
}

/** Limit of a batch (256 MiB), which must fit in memory when vectors are written; a larger one is a sign of damage. */
export const MAX_BATCH_FLOATS = 1 << 26;

/** Elements of a level; the last may have fewer, or none. */
function levelWidth(dimensions: number, levels: number): number {
  return Math.ceil(dimensions / levels);
}

/** Number of vectors in whole batches, rounded up. */
export function paddedCount(count: number, { batchSize }: PanoramaLayout): number {
  return Math.ceil(count / batchSize) * batchSize;
}

/** Converts one batch by levels to vectors one after the other. @param rows number of vectors in it */
export function fromLevels(
  batch: Float32Array,
  rows: number,
  dimensions: number,
  layout: PanoramaLayout,
): Float32Array {
  const vectors = new Float32Array(rows * dimensions);
  for (const { from, to, length } of runs(rows, dimensions, layout)) {
    vectors.set(batch.subarray(from, from + length), to);
  }
  return vectors;
}

/** Converts vectors to one batch by levels, with zeros for missing vectors. */
export function toLevels(vectors: Float32Array, dimensions: number, layout: PanoramaLayout): Float32Array {
  const batch = new Float32Array(layout.batchSize * dimensions);
  for (const { from, to, length } of runs(vectors.length / dimensions, dimensions, layout)) {
    batch.set(vectors.subarray(to, to + length), from);
  }
  return batch;
}

/** The positions of each vector's part of each level in a batch. */
function* runs(
  rows: number,
  dimensions: number,
  { levels, batchSize }: PanoramaLayout,
): Generator<{ from: number; to: number; length: number }> {
  const width = levelWidth(dimensions, levels);
  for (let start = 0; start < dimensions; start += width) {
    const length = Math.min(width, dimensions - start);
    for (let row = 0; row < rows; row++) {
      yield { from: start * batchSize + row * length, to: row * dimensions + start, length };
    }
  }
}

/**
 * For each vector of a batch, the norms of its rest from each level on, and 0: [levels + 1, batchSize]. Summed in
 * float32 from the end, as in faiss, so that files are the same.
 */
export function cumulativeSums(
  vectors: Float32Array,
  dimensions: number,
  { levels, batchSize }: PanoramaLayout,
): Float32Array {
  const width = levelWidth(dimensions, levels);
  const sums = new Float32Array((levels + 1) * batchSize);
  for (let row = 0; row < vectors.length / dimensions; row++) {
    let squares = 0;
    for (let i = dimensions - 1; i >= 0; i--) {
      const value = vectors[row * dimensions + i]!;
      squares = Math.fround(squares + Math.fround(value * value));
      if (i % width === 0) sums[(i / width) * batchSize + row] = Math.sqrt(squares);
    }
  }
  return sums;
}
