/** Finds the matches of a pattern in texts, the leftmost first, in time that is linear in the text. */
export interface TextPattern {
  /** The pattern as a RegExp with the flags "gu". Set only if V8 matches it in linear time and it has no empty matches. */
  readonly regExp?: RegExp | undefined;
  /** Whether white space is always a separate match, so that no match has a letter and a space after it. */
  readonly splitsWords: boolean;
  /** Whether no match contains a letter or a digit, or depends on one next to it. */
  readonly leavesWords: boolean;
  /** Starts a search from the beginning of a text. */
  search(text: string): PatternSearch;
}

/** A search through one text. */
export interface PatternSearch {
  /** UTF-16 units of the match that `next` found. */
  readonly start: number;
  readonly end: number;
  /** Finds the next match; "paused" if it must be called again to continue. */
  next(): "found" | "paused" | "done";
}
