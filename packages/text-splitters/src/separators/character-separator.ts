import { isPairAt } from "../python/code-point-length.js";
import type { PieceCursor } from "./piece-cursor.js";
import type { Separator } from "./separator.js";

/** The empty separator: every character (code point) is a piece, as in Python's `list(text)`. */
export const characterSeparator: Separator = {
  raw: "",
  everyCharacter: true,
  occursIn: () => true,
  pieces: (text) => new Characters(text),
};

class Characters implements PieceCursor {
  start = 0;
  end = 0;

  constructor(private readonly text: string) {}

  next(): boolean {
    this.start = this.end;
    if (this.start >= this.text.length) return false;
    this.end = this.start + (isPairAt(this.text, this.start) ? 2 : 1);
    return true;
  }
}
