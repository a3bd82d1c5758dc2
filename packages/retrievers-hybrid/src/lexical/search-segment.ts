import { BestDocuments } from "./best-documents.js";
import type { Segment } from "./segment.js";
import { ROUNDING, SegmentScores } from "./segment-scores.js";
import type { TermPostings } from "./term-postings.js";

/** A term of a question. */
export interface WeightedTerm {
  readonly term: number;
  /** Its idf times its count in the question, above 0. */
  readonly weight: number;
}

/** Length normalization of each document. */
export interface Norms {
  /** `k1 · (1 − b + b · length / average)`, by slot. */
  readonly norms: Float64Array;
  readonly average: number;
}

/** Cost of keeping each of the k best documents, as the number of postings that could be added in the same time. */
const KEEP_COST = 200;

/** Shared by all searches: a search of a segment ends before another one begins. */
let sharedScores: SegmentScores | undefined;

/**
 * Adds the best documents of a segment to those found so far. It uses MaxScore: when the remaining terms alone cannot bring a document among
 * the best, they are added only to documents that can still get there.
 *
 * Source: Turtle and Flood, "Query Evaluation: Strategies and Optimizations" (1995).
 *
 * @param terms terms of the question, the rarest first
 * @param best the best documents so far
 * @param isMatch filter of documents
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
      reached += term.maxScore;
    }
    scores.keepBest(best, isMatch);
  } finally {
    scores.end();
  }
}

/**
 * Called before a term is added: drops documents that cannot be among the best, if no document without a score can be among them either.
 * @param reached upper bound of the scores so far
 * @param seen the k-th best score in the last scan of all scores; 0 before the first scan, -1 if fewer than k documents passed the filter
 * @returns the new value of `seen`
 */
function narrow(
  scores: SegmentScores,
  { maxScoreLeft, postingsLeft }: TermPostings,
  reached: number,
  seen: number,
  best: BestDocuments,
  isMatch: (slot: number) => boolean,
): number {
  let least = Math.max(best.least, seen);
  const needed = maxScoreLeft * ROUNDING;
  const isWorthScanning = scores.size >= best.k && scores.cost + best.k * KEEP_COST < postingsLeft;
  // One term rarely doubles a score.
  const isNear = seen === 0 || needed < seen * 2;
  if (needed >= least && needed < reached && isWorthScanning && isNear) {
    const soFar = new BestDocuments(best.k);
    scores.keepBest(soFar, isMatch);
    // Few documents pass the filter. Do not scan again, because each scan calls the filter for every document.
    if (soFar.least === Number.NEGATIVE_INFINITY) return -1;
    least = Math.max(least, soFar.least);
  }
  if (needed < least) scores.narrow(least, maxScoreLeft);
  return Math.max(seen, least);
}

function postingsOf(
  segment: Segment,
  terms: readonly WeightedTerm[],
  { norms, average }: Norms,
): TermPostings[] {
  const postings: TermPostings[] = [];
  let [maxScoreLeft, postingsLeft] = [0, 0];
  for (const { term, weight } of terms.toReversed()) {
    const range = segment.rangeOf(term);
    if (range === undefined) continue;
    const { values: impacts, largest } = segment.impacts(range, norms, average);
    const maxScore = weight * largest;
    maxScoreLeft += maxScore;
    postingsLeft += range.end - range.start;
    postings.push({ weight, range, impacts, maxScore, maxScoreLeft, postingsLeft });
  }
  return postings.reverse();
}
