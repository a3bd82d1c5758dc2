import type { PostingRange } from "./segment.js";

/** A question's term in a segment. */
export interface TermPostings {
  /** Its idf times how often the question has it, above 0. */
  readonly weight: number;
  readonly range: PostingRange;
  /** Parts of scores without the weight, by posting. */
  readonly impacts: Float32Array;
  /** Most that it can add to a score. */
  readonly most: number;
  /** Most that it and the terms after it can add to a score. */
  readonly mostLeft: number;
  /** Its postings and those of the terms after it. */
  readonly postingsLeft: number;
}
