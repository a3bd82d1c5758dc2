import type { KeepSeparator } from "./keep-separator.js";
import type { MatchCursor } from "./match-cursor.js";
import type { PieceCursor } from "./piece-cursor.js";

/** Iterates over the pieces between matches; `keep` says which piece contains the match. */
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
