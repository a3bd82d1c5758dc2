import type { KeepSeparator } from "./separator.js";

/**
 * Walks over the pieces of a text, each a range [start, end) in UTF-16 units, never empty. A cursor, because a list of the pieces
 * of a large text would take more memory than the text.
 */
export interface PieceCursor {
  readonly start: number;
  readonly end: number;
  /** Moves to the next piece; false when there is none. */
  next(): boolean;
}

/** Walks over the places where a separator stands, each a range [start, end), empty for a lookaround. */
export interface MatchCursor {
  readonly start: number;
  readonly end: number;
  next(): boolean;
}

/** The pieces between matches, with each match given to the side that `keep` says. */
export class PiecesBetween implements PieceCursor {
  start = 0;
  end = 0;
  #position = 0;
  #finished = false;

  constructor(
    private readonly matches: MatchCursor,
    private readonly textLength: number,
    private readonly keep: KeepSeparator,
  ) {}

  next(): boolean {
    while (!this.#finished) {
      this.start = this.#position;
      if (this.matches.next()) {
        this.end = this.keep === "end" ? this.matches.end : this.matches.start;
        this.#position = this.keep === true || this.keep === "start" ? this.matches.start : this.matches.end;
      } else {
        this.end = this.textLength;
        this.#finished = true;
      }
      if (this.start < this.end) return true;
    }
    return false;
  }
}
