import { checkVectors, InvalidVectorError, normalizeVectors, type VectorIndex } from "@secondpass/faiss";
import { workSlices } from "@secondpass/faiss/io";
import type { LongOperationOptions } from "./store-progress.js";

/** Floats of a piece, but for a vector longer than that: work on one takes about a millisecond. */
const FLOATS_PER_PIECE = 1 << 19;

/**
 * Vectors in order, row-major, in pieces of whole rows: one array of a million of them holds the event loop while it is
 * made.
 */
export interface VectorPieces {
  readonly pieces: readonly Float32Array[];
  readonly dimensions: number;
}

/** Vectors of a piece. */
export function rowsPerPiece(dimensions: number): number {
  return Math.max(1, Math.floor(FLOATS_PER_PIECE / dimensions));
}

/** @throws InvalidVectorError naming the first row with NaN or an infinity */
export async function checkPieces({ pieces, dimensions }: VectorPieces, signal?: AbortSignal): Promise<void> {
  const slices = workSlices(signal);
  let first = 0;
  for (const piece of pieces) {
    try {
      first += checkVectors(piece, dimensions, "vectors");
    } catch (error) {
      if (!(error instanceof InvalidVectorError) || first === 0) throw error;
      throw new InvalidVectorError(first + error.row, error.column, error.value, "vectors");
    }
    if (slices.due()) await slices.pause();
  }
}

/** The vectors scaled to length 1; the given ones stay. */
export async function normalizePieces(
  { pieces, dimensions }: VectorPieces,
  signal?: AbortSignal,
): Promise<VectorPieces> {
  const slices = workSlices(signal);
  const normalized: Float32Array[] = [];
  for (const piece of pieces) {
    normalized.push(normalizeVectors(piece, dimensions));
    if (slices.due()) await slices.pause();
  }
  return { pieces: normalized, dimensions };
}

/** The vectors as one array. */
export async function joinPieces({ pieces }: VectorPieces, signal?: AbortSignal): Promise<Float32Array> {
  if (pieces.length === 1) return pieces[0]!;
  const slices = workSlices(signal);
  const joined = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let start = 0;
  for (const piece of pieces) {
    joined.set(piece, start);
    start += piece.length;
    if (slices.due()) await slices.pause();
  }
  return joined;
}

/** Adds vectors to an index in slices. When it fails or is aborted, some of them may be in the index. */
export async function addPieces(
  index: VectorIndex,
  { pieces, dimensions }: VectorPieces,
  { signal, onProgress }: LongOperationOptions = {},
): Promise<void> {
  const total = pieces.reduce((rows, piece) => rows + piece.length / dimensions, 0);
  const slices = workSlices(signal);
  let first = 0;
  for (const piece of pieces) {
    await index.add(piece, {
      signal,
      onProgress: (done) => onProgress?.({ step: "index", done: first + done, total }),
    });
    first += piece.length / dimensions;
    if (slices.due()) await slices.pause();
  }
}
