import { translatePythonRegex } from "../python/translate-python-regex.js";
import type { PieceCursor } from "./piece-cursor.js";
import { PiecesBetween } from "./pieces-between.js";
import { compileRegex, RegexMatches } from "./regex-matches.js";
import type { Separator } from "./separator.js";

/**
 * Makes a separator from a pattern of Python's `re`. Its groups become pieces, as in `re.split`, unless the separator is kept.
 *
 * @throws {InvalidRegexError}
 */
export function regexSeparator(pattern: string): Separator {
  const translated = translatePythonRegex(pattern);
  const compile = (moreFlags: string) => compileRegex(pattern, translated, moreFlags);
  const search = compile("g");
  return {
    raw: pattern,
    everyCharacter: false,
    occursIn: (text) => new RegexMatches(text, search).next(),
    // Each text needs its own expression, because an expression stores its position.
    pieces: (text, keep) =>
      translated.groups > 0 && keep === false
        ? new PiecesAndGroups(new RegexMatches(text, compile("dg")))
        : new PiecesBetween(new RegexMatches(text, compile("g")), text.length, keep),
  };
}

/** Iterates over the pieces between matches, and after each piece over the texts of the match's groups. */
class PiecesAndGroups implements PieceCursor {
  start = 0;
  end = 0;
  #position = 0;
  #finished = false;
  /** Remaining groups of the last match. */
  #groups: ([number, number] | undefined)[] = [];

  constructor(private readonly matches: RegexMatches) {}

  next(): boolean {
    do {
      const group = this.#groups.shift();
      if (group !== undefined) {
        [this.start, this.end] = group;
      } else if (this.#groups.length > 0) {
        // This group took no part in the match.
        this.end = this.start;
      } else if (this.#finished) {
        return false;
      } else {
        this.#nextPiece();
      }
    } while (this.start === this.end);
    return true;
  }

  #nextPiece(): void {
    this.start = this.#position;
    if (this.matches.next()) {
      this.end = this.matches.start;
      this.#position = this.matches.end;
      this.#groups = this.matches.match?.indices?.slice(1) ?? [];
    } else {
      this.end = this.matches.text.length;
      this.#finished = true;
    }
  }
}
