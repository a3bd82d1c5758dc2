import type { MatchCursor } from "./match-cursor.js";
import { PiecesBetween } from "./pieces-between.js";
import type { Separator } from "./separator.js";

/** A separator that is exactly one text. */
export function literalSeparator(literal: string, raw = literal): Separator {
  return {
    raw,
    literal,
    everyCharacter: false,
    occursIn: (text) => text.includes(literal),
    pieces: (text, keep) => new PiecesBetween(new Occurrences(text, literal), text.length, keep),
  };
}

class Occurrences implements MatchCursor {
  start = 0;
  end = 0;

  constructor(
    private readonly text: string,
    private readonly literal: string,
  ) {}

  next(): boolean {
    this.start = this.text.indexOf(this.literal, this.end);
    this.end = this.start + this.literal.length;
    return this.start !== -1;
  }
}
