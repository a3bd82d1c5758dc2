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

/** Vectors scaled to length 1, as a new array. */
export async function normalizeInChunks(
  vectors: Float32Array,
  dimensions: number,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const slices = workSlices(signal);
  const normalized = new Float32Array(vectors.length);
  const floats = rowsPerChunk(dimensions) * dimensions;
  for (let start = 0; start < vectors.length; start += floats) {
    normalized.set(normalizeVectors(vectors.subarray(start, start + floats), dimensions), start);
    if (slices.due()) await slices.pause();
  }
  return normalized;
}

/** Adds vectors to an index in slices. When it fails or is aborted, some of them may be in the index. */
export async function addInChunks(
  index: VectorIndex,
  vectors: Float32Array,
  { signal, onProgress }: LongOperationOptions = {},
): Promise<void> {
  const { dimensions } = index;
  const total = vectors.length / dimensions;
  const rows = rowsPerChunk(dimensions);
  const slices = workSlices(signal);
  for (let start = 0; start < total; start += rows) {
    await index.add(vectors.subarray(start * dimensions, (start + rows) * dimensions), {
      signal,
      onProgress: (done) => onProgress?.({ step: "index", done: start + done, total }),
    });
    if (slices.due()) await slices.pause();
  }
}
