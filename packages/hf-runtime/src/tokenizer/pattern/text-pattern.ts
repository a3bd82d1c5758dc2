/** Finds stretches of texts, the leftmost first, in time that is linear in the text. */
export interface TextPattern {
  /** The same as a RegExp with the flags "gu", if V8 matches it in linear time, and never an empty text. */
  readonly regExp?: RegExp | undefined;
  /** Whether white space is always a match of its own, so that no match has both a letter and a space behind it. */
  readonly splitsWords: boolean;
  /** Whether no match has a letter or a digit in it, or looks at one beside it. */
  readonly leavesWords: boolean;
  /** Starts a search from the beginning of a text. */
  search(text: string): PatternSearch;
}

/** A search through one text. */
export interface PatternSearch {
  /** UTF-16 units of the match that `next` found. */
  readonly start: number;
  readonly end: number;
  /** Goes on to the next match; "paused" if it needs to be called again to find out. */
  next(): "found" | "paused" | "done";
}
