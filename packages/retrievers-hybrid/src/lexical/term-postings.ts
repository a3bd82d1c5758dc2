import type { PostingRange } from "./segment.js";

/** A question's term in a segment. */
export interface TermPostings {
  /** Its idf times its count in the question, above 0. */
  readonly weight: number;
  readonly range: PostingRange;
  /** Parts of scores without the weight, by posting. */
  readonly impacts: Float32Array;
  /** The most that it can add to a score. */
  readonly most: number;
  /** The most that it and the terms after it can add to a score. */
  readonly mostLeft: number;
  /** Number of its postings and those of the terms after it. */
  readonly postingsLeft: number;
}
