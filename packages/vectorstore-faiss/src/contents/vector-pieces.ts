import { workSlices } from "@secondpass/core";
import {
  checkVectors,
  InvalidArgumentError,
  InvalidVectorError,
  normalizeVectors,
  type VectorIndex,
} from "@secondpass/faiss";
import { LengthMismatchError } from "../errors/length-mismatch-error.js";
import { VectorDimensionError } from "../errors/vector-dimension-error.js";
import type { LongOperationOptions } from "./store-progress.js";

/** A vector as embeddings return it. */
export type Vector = readonly number[] | Float32Array;

/** Floats of a piece, which takes about a millisecond to process. A longer vector is one piece. */
const FLOATS_PER_PIECE = 1 << 19;

/** Vectors of a piece. */
export function rowsPerPiece(dimensions: number): number {
  return Math.max(1, Math.floor(FLOATS_PER_PIECE / dimensions));
}

/**
 * A list of vectors, row-major float32, in pieces of whole rows: a tenth of the memory that arrays of numbers take, and never
 * one array of a million vectors, which would block the event loop while it is made.
 */
export class VectorPieces {
  readonly #pieces: Float32Array[] = [];
  #left: number;
  /** Floats used in the last piece. */
  #offset = 0;

  /** @param total vectors that will be appended */
  constructor(
    readonly dimensions: number,
    total: number,
  ) {
    this.#left = total;
  }

  /**
   * Packs vectors.
   * @param count expected number of vectors
   * @param dimensions expected length of the vectors; if not given, that of the first one
   * @throws LengthMismatchError, VectorDimensionError
   */
  static async of(
    vectors: readonly Vector[],
    count: number,
    dimensions?: number,
    signal?: AbortSignal,
  ): Promise<VectorPieces> {
    const packed = new VectorPieces(dimensionsOf(vectors, count, dimensions), count);
    await packed.append(vectors, signal);
    return packed;
  }

  get pieces(): readonly Float32Array[] {
    return this.#pieces;
  }

  /** Copies vectors to the end. @throws VectorDimensionError */
  async append(vectors: readonly Vector[], signal?: AbortSignal): Promise<void> {
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

  /** Appends a piece of whole rows without copying it. */
  appendPiece(piece: Float32Array): void {
    this.#pieces.push(piece);
    this.#offset = piece.length;
  }

  /** Checks that all numbers are finite. @throws InvalidVectorError naming the first row with NaN or an infinity */
  async check(signal?: AbortSignal): Promise<void> {
    const slices = workSlices(signal);
    let first = 0;
    for (const piece of this.#pieces) {
      try {
        first += checkVectors(piece, this.dimensions, "vectors");
      } catch (error) {
        if (!(error instanceof InvalidVectorError) || first === 0) throw error;
        throw new InvalidVectorError(first + error.row, error.column, error.value, "vectors");
      }
      if (slices.due()) await slices.pause();
    }
  }

  /** Copies of the vectors, scaled to length 1. */
  async normalized(signal?: AbortSignal): Promise<VectorPieces> {
    const slices = workSlices(signal);
    const normalized = new VectorPieces(this.dimensions, 0);
    for (const piece of this.#pieces) {
      normalized.appendPiece(normalizeVectors(piece, this.dimensions));
      if (slices.due()) await slices.pause();
    }
    return normalized;
  }

  /** The vectors as one array: [vectors, dimensions]. */
  async joined(signal?: AbortSignal): Promise<Float32Array> {
    if (this.#pieces.length === 1) return this.#pieces[0]!;
    const slices = workSlices(signal);
    const joined = new Float32Array(this.#pieces.reduce((length, piece) => length + piece.length, 0));
    let start = 0;
    for (const piece of this.#pieces) {
      joined.set(piece, start);
      start += piece.length;
      if (slices.due()) await slices.pause();
    }
    return joined;
  }

  /** Adds the vectors to an index in slices. If it fails or is aborted, some of them may be in the index. */
  async addTo(index: VectorIndex, { signal, onProgress }: LongOperationOptions = {}): Promise<void> {
    const { dimensions } = this;
    const total = this.#pieces.reduce((rows, piece) => rows + piece.length / dimensions, 0);
    const slices = workSlices(signal);
    let first = 0;
    for (const piece of this.#pieces) {
      await index.add(piece, {
        signal,
        onProgress: (done) => onProgress?.({ step: "index", done: first + done, total }),
      });
      first += piece.length / dimensions;
      if (slices.due()) await slices.pause();
    }
  }

  /** A piece with room for one more vector at `#offset`. */
  #room(): Float32Array {
    const last = this.#pieces.at(-1);
    if (last !== undefined && this.#offset < last.length) return last;
    const piece = new Float32Array(Math.min(this.#left, rowsPerPiece(this.dimensions)) * this.dimensions);
    this.#pieces.push(piece);
    this.#offset = 0;
    return piece;
  }
}

/**
 * The number of dimensions of a list of vectors, whose length must be `count`.
 * @throws LengthMismatchError, InvalidArgumentError if the vectors have no dimensions
 */
export function dimensionsOf(vectors: readonly Vector[], count: number, known?: number): number {
  if (!Array.isArray(vectors)) throw new InvalidArgumentError("vectors", "an array of vectors", vectors);
  if (vectors.length !== count) throw new LengthMismatchError("vectors", count, vectors.length, "document");
  const dimensions = known ?? vectors[0]?.length ?? 0;
  if (count > 0 && dimensions === 0)
    throw new InvalidArgumentError("vectors[0]", "a vector of one dimension or more", "[]");
  return dimensions;
}
