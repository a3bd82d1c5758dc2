import { checkVectors } from "../index/check-vectors.js";
import { InvalidVectorError } from "../index/invalid-vector-error.js";
import type { VectorIndex } from "../index/vector-index.js";
import { normalizeVectors } from "../kernels/normalize-vectors.js";
import { workSlices } from "../kernels/work-slices.js";
import type { LongOperationOptions } from "./store-progress.js";

/** Floats worked on between two looks at the clock: about a millisecond. */
const FLOATS_PER_CHUNK = 1 << 19;

/** Vectors worked on at once. */
export function rowsPerChunk(dimensions: number): number {
  return Math.max(1, Math.floor(FLOATS_PER_CHUNK / dimensions));
}

/** @throws InvalidVectorError naming the first row with NaN or an infinity */
export async function checkInChunks(
  vectors: Float32Array,
  dimensions: number,
  signal?: AbortSignal,
): Promise<void> {
  const slices = workSlices(signal);
  const rows = rowsPerChunk(dimensions);
  for (let start = 0; start * dimensions < vectors.length; start += rows) {
    try {
      checkVectors(vectors.subarray(start * dimensions, (start + rows) * dimensions), dimensions, "vectors");
    } catch (error) {
      if (!(error instanceof InvalidVectorError) || start === 0) throw error;
      throw new InvalidVectorError(start + error.row, error.column, error.value, "vectors");
    }
    if (slices.due()) await slices.pause();
  }
}

/**
 * Adds vectors to an index in slices. When it is aborted, some of them may be in the index.
 * @param normalize scales them to length 1 on their way
 */
export async function addInChunks(
  index: VectorIndex,
  vectors: Float32Array,
  { signal, onProgress, normalize = false }: LongOperationOptions & { normalize?: boolean } = {},
): Promise<void> {
  const { dimensions } = index;
  const total = vectors.length / dimensions;
  const rows = rowsPerChunk(dimensions);
  const slices = workSlices(signal);
  for (let start = 0; start < total; start += rows) {
    const chunk = vectors.subarray(start * dimensions, (start + rows) * dimensions);
    await index.add(normalize ? normalizeVectors(chunk, dimensions) : chunk, {
      signal,
      onProgress: (done) => onProgress?.({ step: "index", done: start + done, total }),
    });
    if (slices.due()) await slices.pause();
  }
}
