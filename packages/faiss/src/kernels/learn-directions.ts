import { type Directions, RowProjection } from "./row-projection.js";
import type { WasmArena } from "./wasm-arena.js";

/** Rows that directions are learnt from. */
export const SAMPLE_ROWS = 2048;

/** Directions come in blocks: their codes share 16 bytes. */
const BLOCK = 32;
const MAX_DIRECTIONS = 256;

/** Rounds of the orthogonal iteration: directions need not be the principal ones, only nearly as good. */
const ROUNDS = 4;

/** Step of sixteen equal ones that codes a normally distributed number of variance 1 with the least error (Max, 1960). */
const BEST_STEP = 0.3352;

/** Sampled rows that stand for queries when the number of directions is chosen. */
const TRIAL_QUERIES = 24;

/** Bytes of a row's squares, rests and errors. */
const ROW_HEADER_BYTES = 12;

/** A projection must read this share of what the int8 copy reads at most, or it is not worth its memory. */
const WORTHWHILE = 0.75;

/**
 * Learns the directions in which rows vary most, by orthogonal iteration on the covariance of a sample, and how many of them make a scan
 * read least. In steps of a fraction of a millisecond: call `next` until it is done.
 *
 * @param sample [SAMPLE_ROWS, dimensions]
 * @param stride bytes of a padded row
 * @param codeBytes what a row of the int8 copy takes
 * @returns undefined if no number of directions is worthwhile: rows that vary in all alike have no near neighbours to find early
 */
export function* learnDirections(
  arena: WasmArena,
  sample: Float32Array,
  dimensions: number,
  stride: number,
  codeBytes: number,
): Generator<void, Directions | undefined> {
  const most = Math.min(MAX_DIRECTIONS, Math.floor(dimensions / 2 / BLOCK) * BLOCK);
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
    const rows = arena.f32(block.address, (SAMPLE_ROWS * stride) / 4);
    rows.fill(0);
    for (let row = 0; row < SAMPLE_ROWS; row++) {
      rows.set(sample.subarray(row * dimensions, (row + 1) * dimensions), (row * stride) / 4);
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
    const count = yield* chooseCount(sample, centre, components, steps, codeBytes);
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

/** Unit vectors at right angles that span the same space (Gram and Schmidt, twice); zeros where a vector adds nothing to those before it. */
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

/** Sampled rows as their projections would be, for every number of directions at once. */
interface CodedSample {
  readonly dimensions: number;
  /** [SAMPLE_ROWS, dimensions], less the centre. */
  readonly centred: Float32Array;
  /** Squared lengths of the centred rows. */
  readonly squares: Float32Array;
  /** [SAMPLE_ROWS, most] */
  readonly components: Float32Array;
  /** [SAMPLE_ROWS, most]: what the codes stand for. */
  readonly codes: Float32Array;
}

/**
 * The number of directions with which a scan of the sample reads least, taking some of its rows for queries that look for their nearest
 * other row; 0 if that is not worthwhile.
 */
function* chooseCount(
  sample: Float32Array,
  centre: Float32Array,
  components: Float32Array,
  steps: Float32Array,
  codeBytes: number,
): Generator<void, number> {
  const dimensions = centre.length;
  const centred = sample.map((value, at) => value - centre[at % dimensions]!);
  const squares = Float32Array.from({ length: SAMPLE_ROWS }, (_, row) =>
    dotOf(centred, row, row, dimensions),
  );
  const codes = components.map((component, at) => {
    const step = steps[at % steps.length]!;
    return (Math.min(Math.max(Math.floor(component / step + 8), 0), 15) - 7.5) * step;
  });
  const coded = { dimensions, centred, squares, components, codes };
  /** Groups of four rows that cannot be left out, of all queries, for each number of directions. */
  const left = Array.from({ length: steps.length / BLOCK }, () => 0);
  for (let trial = 0; trial < TRIAL_QUERIES; trial++) {
    const query = Math.floor(((trial + 0.5) * SAMPLE_ROWS) / TRIAL_QUERIES);
    const nearest = yield* nearestScore(coded, query);
    for (let group = 0; group < SAMPLE_ROWS; group += 4) {
      let reached = 0;
      for (let row = group; row < group + 4; row++)
        if (row !== query) reached |= reaching(coded, query, row, nearest);
      for (let block = 0; block < left.length; block++) left[block]! += (reached >> block) & 1;
      if (group % 64 === 0) yield;
    }
  }
  const groups = (TRIAL_QUERIES * SAMPLE_ROWS) / 4;
  const costs = left.map(
    (passed, block) => ROW_HEADER_BYTES + ((block + 1) * BLOCK) / 2 + (passed / groups) * codeBytes,
  );
  const least = Math.min(...costs);
  return least <= WORTHWHILE * codeBytes ? (costs.indexOf(least) + 1) * BLOCK : 0;
}

/** The score, 2·y·x' - |x'|², of a row's nearest other row. */
function* nearestScore(
  { centred, squares, dimensions }: CodedSample,
  query: number,
): Generator<void, number> {
  let nearest = -Infinity;
  for (let row = 0; row < SAMPLE_ROWS; row++) {
    if (row !== query)
      nearest = Math.max(nearest, 2 * dotOf(centred, query, row, dimensions) - squares[row]!);
    if (row % 64 === 0) yield;
  }
  return nearest;
}

/** With which numbers of directions a row's bound reaches a threshold: bit b for (b + 1)·BLOCK of them. */
function reaching(
  { components, codes, squares }: CodedSample,
  query: number,
  row: number,
  threshold: number,
): number {
  const most = components.length / SAMPLE_ROWS;
  let dot = 0;
  let within = 0;
  let covered = 0;
  let lost = 0;
  let marks = 0;
  for (let d = 0; d < most; d++) {
    const y = components[query * most + d]!;
    const x = components[row * most + d]!;
    const code = codes[row * most + d]!;
    dot += y * code;
    within += y * y;
    covered += x * x;
    lost += (x - code) ** 2;
    if ((d + 1) % BLOCK > 0) continue;
    const outside = Math.max(0, squares[query]! - within) * Math.max(0, squares[row]! - covered);
    const upper = 2 * (dot + Math.sqrt(within * lost) + Math.sqrt(outside)) - squares[row]!;
    if (upper >= threshold) marks |= 1 << Math.floor(d / BLOCK);
  }
  return marks;
}

function dotOf(rows: Float32Array, a: number, b: number, dimensions: number): number {
  let dot = 0;
  for (let i = 0; i < dimensions; i++) dot += rows[a * dimensions + i]! * rows[b * dimensions + i]!;
  return dot;
}
