import type { Metric } from "../contract/metric.js";

/** Directions in a block, whose codes share 16 bytes. */
export const BLOCK = 32;

const MAX_DIRECTIONS = 256;

/** Number of trial queries: past searches, or otherwise sampled rows. */
const TRIALS = 24;

/** Assumed number of neighbours of a search, if no past search is known. */
const NEIGHBOURS = 20;

/** Bytes of a row's squared length, rest and error. */
const ROW_HEADER_BYTES = 12;

/** A projection is worth its memory only if it reads at most this share of what the int8 copy reads. */
const WORTHWHILE = 0.75;

/** Maximum number of directions: more than half as many as dimensions would save little. */
export function mostDirections(dimensions: number): number {
  return Math.min(MAX_DIRECTIONS, Math.floor(dimensions / 2 / BLOCK) * BLOCK);
}

/** A search among all rows. */
export interface PastSearch {
  readonly metric: Metric;
  readonly query: Float32Array;
  /** Score of the farthest row that was found. */
  readonly score: number;
}

/** Sampled rows with their projections, for all numbers of directions. */
export interface CodedSample {
  readonly dimensions: number;
  readonly centre: Float32Array;
  /** [most, dimensions] */
  readonly basis: Float32Array;
  /** [count, dimensions], minus the centre. */
  readonly centred: Float32Array;
  /** Squared lengths of the centred rows. */
  readonly squares: Float32Array;
  /** [count, most] */
  readonly components: Float32Array;
  /** [count, most]: the decoded codes. */
  readonly codes: Float32Array;
}

/** A query and the score a row needs to be found, both without the part that is the same for all rows. */
interface Trial {
  readonly isL2: boolean;
  readonly components: Float32Array;
  /** Squared length of the query. */
  readonly squares: number;
  readonly threshold: number;
  /** Index of the sampled row, if the query is one. */
  readonly row?: number;
}

export function codedSample(
  sample: Float32Array,
  centre: Float32Array,
  basis: Float32Array,
  components: Float32Array,
  steps: Float32Array,
): CodedSample {
  const dimensions = centre.length;
  const centred = sample.map((value, at) => value - centre[at % dimensions]!);
  const squares = Float32Array.from({ length: sample.length / dimensions }, (_, row) =>
    dotOf(centred, row, centred, row, dimensions),
  );
  const codes = components.map((component, at) => {
    const step = steps[at % steps.length]!;
    return (Math.min(Math.max(Math.floor(component / step + 8), 0), 15) - 7.5) * step;
  });
  return { dimensions, centre, basis, centred, squares, components, codes };
}

/**
 * Chooses the number of directions with which a scan of the sample reads least; 0 if none is worthwhile.
 *
 * @param searches past searches; if there are few, sampled rows are also used as queries
 * @param rows total number of rows
 * @param codeBytes bytes of a row of the int8 copy
 */
export function* chooseCount(
  coded: CodedSample,
  searches: readonly PastSearch[],
  rows: number,
  codeBytes: number,
): Generator<void, number> {
  const sampled = coded.squares.length;
  const most = coded.components.length / sampled;
  /** For each number of directions, the groups of four rows that cannot be skipped, over all queries. */
  const left = Array.from({ length: most / BLOCK }, () => 0);
  for (let i = 0; i < TRIALS; i++) {
    const search = searches[i];
    const trial =
      search === undefined
        ? yield* trialOfRow(coded, Math.floor(((i + 0.5) * sampled) / TRIALS), rows)
        : trialOf(coded, search);
    for (let group = 0; group < sampled; group += 4) {
      let reached = 0;
      for (let row = group; row < group + 4; row++) {
        if (row !== trial.row) reached |= reaching(coded, trial, row);
      }
      for (let block = 0; block < left.length; block++) left[block]! += (reached >> block) & 1;
      if (group % 64 === 0) yield;
    }
  }
  const groups = (TRIALS * sampled) / 4;
  const costs = left.map(
    (passed, block) => ROW_HEADER_BYTES + ((block + 1) * BLOCK) / 2 + (passed / groups) * codeBytes,
  );
  const least = Math.min(...costs);
  return least <= WORTHWHILE * codeBytes ? (costs.indexOf(least) + 1) * BLOCK : 0;
}

function trialOf(coded: CodedSample, { metric, query, score }: PastSearch): Trial {
  const { centre, dimensions } = coded;
  const isL2 = metric === "l2";
  const part = isL2 ? query.map((value, i) => value - centre[i]!) : query;
  const squares = dotOf(part, 0, part, 0, dimensions);
  const threshold = isL2 ? score + squares : score - dotOf(query, 0, centre, 0, dimensions);
  return { isL2, components: componentsOf(coded, part, 0), squares, threshold };
}

/**
 * A trial with a sampled row as query. Neighbours among all rows are nearer than those in the sample. The score of the farthest is estimated as if
 * scores were normally distributed. Scores of embeddings have heavier tails, so that the true one is even nearer.
 */
function* trialOfRow(coded: CodedSample, query: number, rows: number): Generator<void, Trial> {
  const { centred, squares, dimensions } = coded;
  let nearest = -Infinity;
  let sum = 0;
  for (let row = 0; row < squares.length; row++) {
    const score = 2 * dotOf(centred, query, centred, row, dimensions) - squares[row]!;
    sum += score;
    if (row !== query && score > nearest) nearest = score;
    if (row % 64 === 0) yield;
  }
  const mean = sum / squares.length;
  const nearer = Math.sqrt(Math.max(1, Math.log(rows / NEIGHBOURS) / Math.log(squares.length)));
  const threshold = mean + (nearest - mean) * nearer;
  return {
    isL2: true,
    components: componentsOf(coded, centred, query),
    squares: squares[query]!,
    threshold,
    row: query,
  };
}

function componentsOf({ basis, dimensions }: CodedSample, rows: Float32Array, row: number): Float32Array {
  return Float32Array.from({ length: basis.length / dimensions }, (_, d) =>
    dotOf(basis, d, rows, row, dimensions),
  );
}

/** The numbers of directions with which a row's bound reaches a trial's threshold: bit b for (b + 1)·BLOCK directions. */
function reaching({ components, codes, squares }: CodedSample, trial: Trial, row: number): number {
  const most = trial.components.length;
  const factor = trial.isL2 ? 2 : 1;
  const less = trial.isL2 ? squares[row]! : 0;
  let dot = 0;
  let within = 0;
  let covered = 0;
  let lost = 0;
  let marks = 0;
  for (let d = 0; d < most; d++) {
    const y = trial.components[d]!;
    const x = components[row * most + d]!;
    const code = codes[row * most + d]!;
    dot += y * code;
    within += y * y;
    covered += x * x;
    lost += (x - code) ** 2;
    if ((d + 1) % BLOCK > 0) continue;
    const outside = Math.max(0, trial.squares - within) * Math.max(0, squares[row]! - covered);
    const upper = factor * (dot + Math.sqrt(within * lost) + Math.sqrt(outside)) - less;
    if (upper >= trial.threshold) marks |= 1 << Math.floor(d / BLOCK);
  }
  return marks;
}

function dotOf(a: Float32Array, rowA: number, b: Float32Array, rowB: number, dimensions: number): number {
  let dot = 0;
  for (let i = 0; i < dimensions; i++) dot += a[rowA * dimensions + i]! * b[rowB * dimensions + i]!;
  return dot;
}
