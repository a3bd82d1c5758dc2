import { BestDocuments } from "./best-documents.js";
import type { Segment } from "./segment.js";
import { ROUNDING, SegmentScores } from "./segment-scores.js";
import type { TermPostings } from "./term-postings.js";

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

/** Finding the k best takes, for each of them, as long as adding up this many postings. */
const KEPT_COST = 200;

/** A search of a segment ends before another begins. */
let sharedScores: SegmentScores | undefined;

/**
 * Adds the best documents of a segment to those found so far. Once the terms that are left cannot bring a document among the best that has none
 * of those before, they only count for those that still can get there (MaxScore).
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
  sharedScores ??= new SegmentScores();
  const scores = sharedScores;
  scores.begin(segment);
  try {
    let reached = 0;
    let seen = 0;
    for (const term of postingsOf(segment, terms, norms)) {
      seen = narrow(scores, term, reached, seen, best, isMatch);
      scores.add(segment, term);
      reached += term.most;
    }
    scores.keepBest(best, isMatch);
  } finally {
    scores.end();
  }
}

/**
 * Before a term is added: forgets the documents that cannot be among the best, if all without a score are among them.
 * @param reached no score is higher yet
 * @param seen the k-th best score when all were looked at last; 0 if they were not, -1 if there were not k
 * @returns the same, from now on
 */
function narrow(
  scores: SegmentScores,
  { mostLeft, postingsLeft }: TermPostings,
  reached: number,
  seen: number,
  best: BestDocuments,
  isMatch: (slot: number) => boolean,
): number {
  let least = Math.max(best.least, seen);
  const needed = mostLeft * ROUNDING;
  const isWorthALook = scores.size >= best.k && scores.cost + best.k * KEPT_COST < postingsLeft;
  // Few scores double by one term.
  const isNear = seen === 0 || needed < seen * 2;
  if (needed >= least && needed < reached && isWorthALook && isNear) {
    const soFar = new BestDocuments(best.k);
    scores.keepBest(soFar, isMatch);
    // A filter that few documents pass is not asked about all of them again.
    if (soFar.least === Number.NEGATIVE_INFINITY) return -1;
    least = Math.max(least, soFar.least);
  }
  if (needed < least) scores.narrow(least, mostLeft);
  return Math.max(seen, least);
}

function postingsOf(
  segment: Segment,
  terms: readonly WeightedTerm[],
  { norms, average }: Norms,
): TermPostings[] {
  const postings: TermPostings[] = [];
  let [mostLeft, postingsLeft] = [0, 0];
  for (const { term, weight } of terms.toReversed()) {
    const range = segment.rangeOf(term);
    if (range === undefined) continue;
    const { values: impacts, largest } = segment.impacts(range, norms, average);
    const most = weight * largest;
    mostLeft += most;
    postingsLeft += range.end - range.start;
    postings.push({ weight, range, impacts, most, mostLeft, postingsLeft });
  }
  return postings.reverse();
}
