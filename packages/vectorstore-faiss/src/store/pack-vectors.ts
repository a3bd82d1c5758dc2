import { InvalidArgumentError } from "@secondpass/faiss";
import { workSlices } from "@secondpass/faiss/io";
import { LengthMismatchError } from "../errors/length-mismatch-error.js";
import { VectorDimensionError } from "../errors/vector-dimension-error.js";
import { rowsPerPiece, type VectorPieces } from "./vector-pieces.js";

/** A vector as embeddings give it. */
export type Vector = readonly number[] | Float32Array;

/** Packs vectors as they come into pieces of float32: a tenth of the memory that arrays of numbers take. */
export class VectorPacker implements VectorPieces {
  readonly pieces: Float32Array[] = [];
  #left: number;
  #offset = 0;

  /** @param total vectors that will come */
  constructor(
    total: number,
    readonly dimensions: number,
  ) {
    this.#left = total;
  }

  /** @throws VectorDimensionError */
  async add(vectors: readonly Vector[], signal?: AbortSignal): Promise<void> {
    const { dimensions } = this;
    const slices = workSlices(signal);
    for (const [i, vector] of vectors.entries()) {
      if (vector.length !== dimensions)
        throw new VectorDimensionError(dimensions, vector.length, `vector ${i}`);
      this.#room().set(vector, this.#offset);
      this.#offset += dimensions;
      this.#left--;
      if (slices.due()) await slices.pause();
    }
  }

  /** The piece that has room for one more vector, at `#offset`. */
  #room(): Float32Array {
    const last = this.pieces.at(-1);
    if (last !== undefined && this.#offset < last.length) return last;
    const piece = new Float32Array(Math.min(this.#left, rowsPerPiece(this.dimensions)) * this.dimensions);
    this.pieces.push(piece);
    this.#offset = 0;
    return piece;
  }
}

/**
 * @param dimensions what the vectors must have; what the first has, when not given
 * @param count how many there must be
 * @throws LengthMismatchError, VectorDimensionError
 */
export async function packVectors(
  vectors: readonly Vector[],
  count: number,
  dimensions?: number,
  signal?: AbortSignal,
): Promise<VectorPieces> {
  const packer = new VectorPacker(count, dimensionsOf(vectors, count, dimensions));
  await packer.add(vectors, signal);
  return packer;
}

/**
 * Dimensions of vectors of which there must be `count`.
 * @throws LengthMismatchError, InvalidArgumentError when they have none
 */
export function dimensionsOf(
  vectors: readonly Vector[],
  count: number,
  dimensions = vectors[0]?.length ?? 0,
): number {
  if (vectors.length !== count) throw new LengthMismatchError("vectors", count, vectors.length, "document");
  if (count > 0 && dimensions === 0)
    throw new InvalidArgumentError("vectors[0]", "a vector of one dimension or more", "[]");
  return dimensions;
}
