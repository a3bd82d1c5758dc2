import type { PostingRange } from "./segment.js";

/** A term of the query, with its postings in a segment. */
export interface TermPostings {
  /** Its idf times its count in the query, above 0. */
  readonly weight: number;
  readonly range: PostingRange;
  /** Parts of scores without the weight, by posting. */
  readonly impacts: Float32Array;
  /** Maximum that the term can add to a score. */
  readonly maxScore: number;
  /** Maximum that the term and those after it can add to a score. */
  readonly maxScoreLeft: number;
  /** Number of its postings and those of the terms after it. */
  readonly postingsLeft: number;
}
