import { BestDocuments } from "./best-documents.js";
import { type Impacts, MAX_SPAN, type PostingRange, type Segment } from "./segment.js";

/** A term of a question. */
export interface WeightedTerm {
  readonly term: number;
  /** Its idf times how often the question has it, above 0. */
  readonly weight: number;
}

/** How much each document's length holds its scores back. */
export interface Norms {
  /** `k1 · (1 − b + b · length / average)`, by slot. */
  readonly norms: Float64Array;
  readonly average: number;
}

/** A term's postings in a segment. */
interface TermPostings {
  readonly weight: number;
  readonly range: PostingRange;
  readonly impacts: Impacts;
  /** Most that this term and those after it can add to a score. */
  readonly remaining: number;
}

/** Looking a document up in a list takes as long as adding so many of its postings. */
const LOOK_UP_COST = 24;

/** Sums are rounded to float32 after each term. */
const ROUNDING = 1 + 1e-5;

/** Scores of a segment's documents while it is searched: a search of a segment ends before another begins. */
const sums = new Float32Array(MAX_SPAN);
/** Documents that have one. */
const touched = new Uint32Array(MAX_SPAN);

/**
 * Adds the best documents of a segment to those found so far. Once the terms that are left cannot bring a document among the best that has none
 * of those before, they are only looked up for those that still can get there (MaxScore).
 *
 * Source: Turtle and Flood, "Query Evaluation: Strategies and Optimizations" (1995).
 *
 * @param terms the rarest first
 * @param best found so far
 * @param isMatch whether a document may be found
 */
export function searchSegment(
  segment: Segment,
  terms: readonly WeightedTerm[],
  norms: Norms,
  best: BestDocuments,
  isMatch: (slot: number) => boolean,
): void {
  const postings = postingsOf(segment, terms, norms);
  let count = 0;
  try {
    for (let i = 0; i < postings.length; i++) {
      const { range, remaining } = postings[i]!;
      if (count * LOOK_UP_COST < range.end - range.start) {
        const isEnough = remaining * ROUNDING < best.least;
        const least = isEnough ? best.least : leastSoFar(segment, count, best.k, isMatch);
        if (remaining * ROUNDING < least) {
          lookUp(segment, postings.slice(i), count, least);
          break;
        }
      }
      count = addUp(segment, postings[i]!, count);
    }
    for (let i = 0; i < count; i++) {
      const slot = segment.from + touched[i]!;
      const score = sums[touched[i]!]!;
      if (best.wouldKeep(slot, score) && isMatch(slot)) best.keep(slot, score);
    }
  } finally {
    for (let i = 0; i < count; i++) sums[touched[i]!] = 0;
  }
}

function postingsOf(
  segment: Segment,
  terms: readonly WeightedTerm[],
  { norms, average }: Norms,
): TermPostings[] {
  const postings: TermPostings[] = [];
  let remaining = 0;
  for (const { term, weight } of terms.toReversed()) {
    const range = segment.rangeOf(term);
    if (range === undefined) continue;
    const impacts = segment.impacts(range, norms, average);
    remaining += weight * impacts.largest;
    postings.push({ weight, range, impacts, remaining });
  }
  return postings.reverse();
}

/** The score that the k-th best document of the segment has at least, by the terms added up so far. */
function leastSoFar(segment: Segment, count: number, k: number, isMatch: (slot: number) => boolean): number {
  if (count < k) return Number.NEGATIVE_INFINITY;
  const best = new BestDocuments(k);
  for (let i = 0; i < count; i++) {
    const slot = segment.from + touched[i]!;
    const sum = sums[touched[i]!]!;
    if (best.wouldKeep(slot, sum) && isMatch(slot)) best.keep(slot, sum);
  }
  return best.least;
}

/** Adds a term to the scores of all documents that contain it. @returns how many have a score now */
function addUp({ slots, from }: Segment, { weight, range, impacts }: TermPostings, before: number): number {
  const { values } = impacts;
  let count = before;
  for (let i = range.start; i < range.end; i++) {
    const at = slots[i]! - from;
    const sum = sums[at]!;
    // Weights and impacts are above 0.
    if (sum === 0) touched[count++] = at;
    sums[at] = sum + weight * values[i]!;
  }
  return count;
}

/** Adds terms to the scores of those documents that can still reach a score. */
function lookUp(
  { slots, from }: Segment,
  postings: readonly TermPostings[],
  count: number,
  least: number,
): void {
  for (const { weight, range, impacts, remaining } of postings) {
    for (let i = 0; i < count; i++) {
      const at = touched[i]!;
      if ((sums[at]! + remaining) * ROUNDING < least) continue;
      const posting = findSlot(slots, from + at, range);
      if (posting >= 0) sums[at]! += weight * impacts.values[posting]!;
    }
  }
}

/** The posting of a document, -1 if there is none. */
function findSlot(slots: Uint32Array, slot: number, { start, end }: PostingRange): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (slots[middle]! < slot) low = middle + 1;
    else high = middle;
  }
  return low < end && slots[low] === slot ? low : -1;
}
