import { workSlices } from "@secondpass/core";
import { DimensionMismatchError } from "../errors/dimension-mismatch-error.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import { InvalidVectorError } from "../errors/invalid-vector-error.js";
import { checkInteger } from "./check-integer.js";

/**
 * Checks a row-major array: whole rows, only finite numbers.
 * @param what "vectors" or "queries", for the message
 * @returns the number of rows
 * @throws InvalidArgumentError, DimensionMismatchError, InvalidVectorError
 */
export function checkVectors(vectors: Float32Array, dimensions: number, what: string): number {
  checkRows(vectors, dimensions, what);
  checkFinite(vectors, dimensions, what, 0, vectors.length);
  return vectors.length / dimensions;
}

/** Floats checked between two checks of the clock: a fraction of a millisecond. */
const FLOATS_PER_STEP = 1 << 19;

/** Checks queries as `checkVectors`, in slices if there are many. @throws also the signal's reason */
export function checkQueries(
  queries: Float32Array,
  dimensions: number,
  signal?: AbortSignal,
): number | Promise<number> {
  checkFloats(queries, "queries");
  if (queries.length <= FLOATS_PER_STEP) return checkVectors(queries, dimensions, "queries");
  return checkVectorsInSlices(queries, dimensions, "queries", signal);
}

/** As `checkVectors`, for arrays that may be large. @throws also the signal's reason */
export async function checkVectorsInSlices(
  vectors: Float32Array,
  dimensions: number,
  what: string,
  signal?: AbortSignal,
): Promise<number> {
  checkRows(vectors, dimensions, what);
  const slices = workSlices(signal);
  const step = Math.max(1, Math.floor(FLOATS_PER_STEP / dimensions)) * dimensions;
  for (let start = 0; start < vectors.length; start += step) {
    checkFinite(vectors, dimensions, what, start, Math.min(start + step, vectors.length));
    if (slices.due()) await slices.pause();
  }
  return vectors.length / dimensions;
}

/** Checks only the shape of a row-major array: whole rows. @throws InvalidArgumentError, DimensionMismatchError */
export function checkRows(vectors: Float32Array, dimensions: number, what: string): void {
  checkFloats(vectors, what);
  checkInteger("dimensions", dimensions, 1);
  if (vectors.length % dimensions !== 0) throw new DimensionMismatchError(dimensions, vectors.length, what);
}

/** Checks the type by its tag, since arrays may come from another realm. @throws InvalidArgumentError */
function checkFloats(vectors: unknown, what: string): void {
  if (Object.prototype.toString.call(vectors) === "[object Float32Array]") return;
  throw new InvalidArgumentError(what, "a Float32Array, row after row", vectors);
}

/** @throws InvalidVectorError if a number from `start` to `end` is not finite */
function checkFinite(
  vectors: Float32Array,
  dimensions: number,
  what: string,
  start: number,
  end: number,
): void {
  const bad = findNonFinite(vectors, start, end);
  if (bad >= 0) {
    throw new InvalidVectorError(Math.floor(bad / dimensions), bad % dimensions, vectors[bad]!, what);
  }
}

/** Index of the first NaN or infinity; -1 if all are finite. */
function findNonFinite(vectors: Float32Array, from: number, to: number): number {
  // x * 0 is 0 for finite x and NaN otherwise, so that one sum checks a block without a branch for each number.
  const BLOCK = 1024;
  for (let start = from; start < to; start += BLOCK) {
    const end = Math.min(start + BLOCK, to);
    const odd = (end - start) % 4;
    let [a, b, c, d] = [0, 0, 0, 0];
    // Four sums, since each addition waits for the previous one.
    for (let i = start + odd; i < end; i += 4) {
      a += vectors[i]! * 0;
      b += vectors[i + 1]! * 0;
      c += vectors[i + 2]! * 0;
      d += vectors[i + 3]! * 0;
    }
    for (let i = start; i < start + odd; i++) a += vectors[i]! * 0;
    if (a + b + c + d === 0) continue;
    for (let i = start; i < end; i++) if (!Number.isFinite(vectors[i]!)) return i;
  }
  return -1;
}
