import { chooseCount, codedSample, mostDirections, type PastSearch } from "./choose-count.js";
import { type Directions, RowProjection } from "./row-projection.js";
import type { WasmArena } from "./wasm-arena.js";

/** Number of sampled rows for learning directions. */
export const SAMPLE_ROWS = 2048;

/** Rounds of the orthogonal iteration: directions need not be the principal ones, only nearly as good. */
const ROUNDS = 4;

/** Width of sixteen equal steps that code a normally distributed number of variance 1 with the least error (Max, 1960). */
const BEST_STEP = 0.3352;

/**
 * Learns the directions in which rows vary most, by orthogonal iteration on the covariance of a sample, and the number of directions with which a scan
 * reads least. In steps of a fraction of a millisecond: call `next` until it is done.
 *
 * @param sample [SAMPLE_ROWS, dimensions]
 * @param stride bytes of a padded row
 * @param codeBytes bytes of a row of the int8 copy
 * @param rows total number of rows
 * @param searches known past searches
 * @returns undefined if no number of directions is worthwhile, as for rows that vary equally in all directions
 */
export function* learnDirections(
  arena: WasmArena,
  sample: Float32Array,
  dimensions: number,
  stride: number,
  codeBytes: number,
  rows: number,
  searches: () => readonly PastSearch[],
): Generator<void, Directions | undefined> {
  const most = mostDirections(dimensions);
  if (most === 0) return undefined;
  const centre = meanOf(sample, dimensions);
  let basis: Float32Array = new Float32Array(most * dimensions);
  for (let d = 0; d < most; d++) {
    const row = Math.floor((d * SAMPLE_ROWS) / most) * dimensions;
    for (let i = 0; i < dimensions; i++) basis[d * dimensions + i] = sample[row + i]! - centre[i]!;
  }
  basis = yield* orthonormal(basis, dimensions);
  const block = arena.borrow((SAMPLE_ROWS + most) * stride);
  try {
    const projection = new RowProjection(arena, stride, {
      count: most,
      centre,
      basis,
      steps: new Float32Array(most),
    });
    const padded = arena.f32(block.address, (SAMPLE_ROWS * stride) / 4);
    padded.fill(0);
    for (let row = 0; row < SAMPLE_ROWS; row++) {
      padded.set(sample.subarray(row * dimensions, (row + 1) * dimensions), (row * stride) / 4);
    }
    const productAt = block.address + SAMPLE_ROWS * stride;
    for (let round = 0; round < ROUNDS; round++) {
      arena.f32(productAt, (most * stride) / 4).fill(0);
      for (let row = 0; row < SAMPLE_ROWS; row += 4) {
        arena.kernels.multiplyCovariance(projection.address, block.address + row * stride, stride, productAt);
        yield;
      }
      basis = yield* orthonormal(
        dense(arena.f32(productAt, (most * stride) / 4), most, dimensions, stride),
        dimensions,
      );
      projection.setBasis(basis);
    }
    const components = new Float32Array(SAMPLE_ROWS * most);
    for (let row = 0; row < SAMPLE_ROWS; row += 4) {
      arena.kernels.multiplyCovariance(projection.address, block.address + row * stride, stride, 0);
      const found = projection.components;
      for (let d = 0; d < most; d++) {
        for (let r = 0; r < 4; r++) components[(row + r) * most + d] = found[d * 4 + r]!;
      }
      yield;
    }
    const steps = stepsOf(components, most);
    const coded = codedSample(sample, centre, basis, components, steps);
    const count = yield* chooseCount(coded, searches(), rows, codeBytes);
    if (count === 0) return undefined;
    return { count, centre, basis: basis.slice(0, count * dimensions), steps: steps.slice(0, count) };
  } finally {
    arena.release(block);
  }
}

function meanOf(sample: Float32Array, dimensions: number): Float32Array {
  const sums = new Float64Array(dimensions);
  for (let at = 0; at < sample.length; at++) sums[at % dimensions]! += sample[at]!;
  return Float32Array.from(sums, (sum) => sum / SAMPLE_ROWS);
}

/** Padded rows without their padding. */
function dense(padded: Float32Array, count: number, dimensions: number, stride: number): Float32Array {
  const rows = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    const start = (row * stride) / 4;
    rows.set(padded.subarray(start, start + dimensions), row * dimensions);
  }
  return rows;
}

/** Orthonormal vectors that span the same space (Gram-Schmidt, twice); zeros for a vector that depends on earlier ones. */
function* orthonormal(vectors: Float32Array, dimensions: number): Generator<void, Float32Array> {
  const count = vectors.length / dimensions;
  const result = Float64Array.from(vectors);
  for (let d = 0; d < count; d++) {
    const vector = result.subarray(d * dimensions, (d + 1) * dimensions);
    const length = lengthOf(vector);
    for (let pass = 0; pass < 2; pass++) {
      for (let e = 0; e < d; e++) {
        const other = result.subarray(e * dimensions, (e + 1) * dimensions);
        let dot = 0;
        for (let i = 0; i < dimensions; i++) dot += vector[i]! * other[i]!;
        for (let i = 0; i < dimensions; i++) vector[i]! -= dot * other[i]!;
      }
      yield;
    }
    const left = lengthOf(vector);
    const scale = left > 1e-6 * length && left > 1e-30 ? 1 / left : 0;
    for (let i = 0; i < dimensions; i++) vector[i]! *= scale;
  }
  return Float32Array.from(result);
}

function lengthOf(vector: Float64Array): number {
  let squares = 0;
  for (const value of vector) squares += value * value;
  return Math.sqrt(squares);
}

/** The best step along each direction, from the sample's spread. */
function stepsOf(components: Float32Array, directions: number): Float32Array {
  const squares = new Float64Array(directions);
  for (let at = 0; at < components.length; at++) squares[at % directions]! += components[at]! ** 2;
  return Float32Array.from(squares, (sum) => Math.max(BEST_STEP * Math.sqrt(sum / SAMPLE_ROWS), 1e-30));
}
