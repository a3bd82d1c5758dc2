/**
 * Iterates over the pieces of a text: ranges [start, end) in UTF-16 units, never empty. It is a cursor, because a list of the pieces
 * of a large text would take more memory than the text.
 */
export interface PieceCursor {
  readonly start: number;
  readonly end: number;
  /** Moves to the next piece; false when there is none. */
  next(): boolean;
}
