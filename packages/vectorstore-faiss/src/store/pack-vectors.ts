import { LengthMismatchError } from "../errors/length-mismatch-error.js";
import { VectorDimensionError } from "../errors/vector-dimension-error.js";
import { InvalidArgumentError } from "../index/invalid-argument-error.js";
import { workSlices } from "../kernels/work-slices.js";

/** A vector as embeddings give it. */
export type Vector = readonly number[] | Float32Array;

/** Vectors one after the other, shape [n, dimensions]. */
export interface PackedVectors {
  readonly vectors: Float32Array;
  readonly dimensions: number;
}

/**
 * Vectors as one array of float32.
 * @param dimensions what they must have; what the first has, when not given
 * @param count how many there must be
 * @throws LengthMismatchError, VectorDimensionError
 */
export async function packVectors(
  vectors: readonly Vector[],
  count: number,
  dimensions = vectors[0]?.length ?? 0,
  signal?: AbortSignal,
): Promise<PackedVectors> {
  if (vectors.length !== count) throw new LengthMismatchError("vectors", count, vectors.length, "document");
  if (count > 0 && dimensions === 0)
    throw new InvalidArgumentError("vectors[0]", "a vector of one dimension or more", "[]");
  const slices = workSlices(signal);
  const packed = new Float32Array(count * dimensions);
  for (const [i, vector] of vectors.entries()) {
    if (vector.length !== dimensions)
      throw new VectorDimensionError(dimensions, vector.length, `vector ${i}`);
    packed.set(vector, i * dimensions);
    if (slices.due()) await slices.pause();
  }
  return { vectors: packed, dimensions };
}
