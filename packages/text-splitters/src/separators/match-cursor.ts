/** Iterates over the matches of a separator in a text: ranges [start, end) in UTF-16 units, empty for a lookaround. */
export interface MatchCursor {
  readonly start: number;
  readonly end: number;
  /** Moves to the next match; false if there is none. */
  next(): boolean;
}
