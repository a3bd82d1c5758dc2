import { createScoreKernels } from "../kernels/create-score-kernels.js";
import type { BestDocuments } from "./best-documents.js";
import { MAX_SPAN, type Segment } from "./segment.js";
import type { TermPostings } from "./term-postings.js";

/** If more than this share of a segment's documents have a score, a scan of all is faster than a list of them. */
const LISTED_SHARE = 1 / 16;
/** Cost of finding a document among a term's postings, as the number of postings that could be added in the same time. */
const LOOK_UP_COST = 64;
/** Documents that are checked before the smallest score that counts is read again. */
const BLOCK = 4096;

/** Factor that raises bounds, because sums are rounded to float32 after each term. */
export const ROUNDING = 1 + 1e-5;
/** The smallest float32 above 0. */
const MIN_SCORE = 2 ** -149;

/** Scores of a segment's documents during a search of the segment, between `begin` and `end`. */
export class SegmentScores {
  readonly #kernels = createScoreKernels(MAX_SPAN);
  #from = 0;
  #span = 0;
  /** Number of listed documents: all that have a score, unless `#isDense`. */
  #count = 0;
  /** Whether documents may have a score without being listed. */
  #isDense = false;
  /** Whether documents that are not listed are ignored, also if they have a score. */
  #isNarrowed = false;

  begin({ from, span }: Segment): void {
    this.#from = from;
    this.#span = span;
    this.#count = 0;
    this.#isDense = this.#isNarrowed = false;
  }

  /** Clears all scores. */
  end(): void {
    const { sums, listed } = this.#kernels;
    if (this.#isDense) sums.fill(0, 0, this.#span);
    else for (let i = 0; i < this.#count; i++) sums[listed[i]!] = 0;
  }

  /** Number of documents that a scan of all scores visits. */
  get size(): number {
    return this.#scansAll ? this.#span : this.#count;
  }

  /** Cost of a scan of all scores, as the number of postings that could be added in the same time. */
  get cost(): number {
    return this.#scansAll ? this.#span / 8 : this.#count * 4;
  }

  /** Adds a term to the scores of the documents that contain it. */
  add(segment: Segment, postings: TermPostings): void {
    const { weight, range, impacts } = postings;
    const { start, end } = range;
    const isFew = this.#count + end - start < this.#span * LISTED_SHARE;
    if (this.#isNarrowed && this.#count * LOOK_UP_COST < end - start) this.#lookUp(segment, postings);
    else if (!this.#isNarrowed && !this.#isDense && isFew) this.#addAndList(segment, postings);
    else {
      this.#isDense = true;
      this.#kernels.add(segment.slots, impacts, start, end, segment.from, weight);
    }
  }

  /**
   * Drops documents that cannot reach a score, and ignores all that have no score yet.
   * @param least the score to reach
   * @param remaining maximum that the remaining terms can add, below `least`
   */
  narrow(least: number, remaining: number): void {
    const floor = Math.max(least / ROUNDING - remaining, MIN_SCORE);
    if (this.#scansAll) this.#count = this.#kernels.list(0, this.#span, floor);
    else this.#forgetBelow(floor);
    this.#isNarrowed = true;
  }

  /** Adds the best documents that pass the filter to `best`. */
  keepBest(best: BestDocuments, isMatch: (slot: number) => boolean): void {
    if (!this.#scansAll) {
      this.#keepListed(this.#count, best, isMatch);
      return;
    }
    for (let first = 0; first < this.#span; first += BLOCK) {
      const last = Math.min(first + BLOCK, this.#span);
      const count = this.#kernels.list(first, last, Math.max(best.least, MIN_SCORE));
      this.#keepListed(count, best, isMatch);
    }
  }

  get #scansAll(): boolean {
    return this.#isDense && !this.#isNarrowed;
  }

  #keepListed(count: number, best: BestDocuments, isMatch: (slot: number) => boolean): void {
    const { sums, listed } = this.#kernels;
    for (let i = 0; i < count; i++) {
      const slot = this.#from + listed[i]!;
      const score = sums[listed[i]!]!;
      if (best.wouldKeep(slot, score) && isMatch(slot)) best.keep(slot, score);
    }
  }

  #forgetBelow(floor: number): void {
    const { sums, listed } = this.#kernels;
    let count = 0;
    for (let i = 0; i < this.#count; i++) {
      const at = listed[i]!;
      if (sums[at]! >= floor) listed[count++] = at;
      else sums[at] = 0;
    }
    this.#count = count;
  }

  #addAndList({ slots, from }: Segment, { weight, range, impacts }: TermPostings): void {
    const { sums, listed } = this.#kernels;
    let count = this.#count;
    for (let i = range.start; i < range.end; i++) {
      const at = slots[i]! - from;
      const sum = sums[at]!;
      // Weights and impacts are above 0.
      if (sum === 0) listed[count++] = at;
      sums[at] = sum + weight * impacts[i]!;
    }
    this.#count = count;
  }

  #lookUp(segment: Segment, { weight, range, impacts }: TermPostings): void {
    const { sums, listed } = this.#kernels;
    for (let i = 0; i < this.#count; i++) {
      const at = listed[i]!;
      const posting = segment.postingOf(segment.from + at, range);
      if (posting >= 0) sums[at] = sums[at]! + weight * impacts[posting]!;
    }
  }
}
