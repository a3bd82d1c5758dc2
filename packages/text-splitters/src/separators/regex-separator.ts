import { InvalidRegexError } from "../errors/invalid-regex-error.js";
import { isPairAt } from "../python/code-point-length.js";
import { translatePythonRegex } from "../python/translate-python-regex.js";
import type { MatchCursor } from "./match-cursor.js";
import type { PieceCursor } from "./piece-cursor.js";
import { PiecesBetween } from "./pieces-between.js";
import type { Separator } from "./separator.js";

/**
 * A separator that is a pattern of Python's `re`. Its groups become pieces, as in `re.split`, unless the separator is kept.
 *
 * @throws {InvalidRegexError}
 */
export function regexSeparator(pattern: string): Separator {
  const { source, flags, groups } = translatePythonRegex(pattern);
  const compile = (moreFlags: string) => {
    try {
      return new RegExp(source, flags + moreFlags);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new InvalidRegexError(pattern, reason, undefined, { cause: error });
    }
  };
  const search = compile("g");
  return {
    raw: pattern,
    everyCharacter: false,
    occursIn: (text) => new Matches(text, search).next(),
    // An expression of its own for each text, since it remembers its place.
    pieces: (text, keep) =>
      groups > 0 && keep === false
        ? new PiecesAndGroups(new Matches(text, compile("dg")))
        : new PiecesBetween(new Matches(text, compile("g")), text.length, keep),
  };
}

/**
 * The matches of an expression by the rules of Python's `re.split`: one may be empty, also right behind another, but not twice
 * at the same place.
 */
class Matches implements MatchCursor {
  start = 0;
  end = 0;
  match: RegExpExecArray | null = null;

  constructor(
    readonly text: string,
    private readonly expression: RegExp,
  ) {}

  next(): boolean {
    const afterEmpty = this.match !== null && this.start === this.end;
    this.match = this.#find(this.end);
    if (afterEmpty && this.match?.index === this.end && this.match[0] === "") {
      // Behind the last character there is nothing more to find.
      this.match = this.end < this.text.length ? this.#find(this.end + widthAt(this.text, this.end)) : null;
    }
    if (this.match === null) return false;
    this.start = this.match.index;
    this.end = this.start + this.match[0].length;
    return true;
  }

  #find(from: number): RegExpExecArray | null {
    this.expression.lastIndex = from;
    let match = this.expression.exec(this.text);
    // V8 lets a match that consumes nothing, like \B, stand inside a surrogate pair.
    while (match !== null && isPairAt(this.text, match.index - 1)) {
      this.expression.lastIndex = match.index + 1;
      match = this.expression.exec(this.text);
    }
    return match;
  }
}

function widthAt(text: string, index: number): number {
  return isPairAt(text, index) ? 2 : 1;
}

/** The pieces between matches and, behind each, what the match's groups took. */
class PiecesAndGroups implements PieceCursor {
  start = 0;
  end = 0;
  #position = 0;
  #finished = false;
  /** Groups of the last match that are still to come. */
  #groups: ([number, number] | undefined)[] = [];

  constructor(private readonly matches: Matches) {}

  next(): boolean {
    do {
      const group = this.#groups.shift();
      if (group !== undefined) {
        [this.start, this.end] = group;
      } else if (this.#groups.length > 0) {
        // A group that took no part in the match.
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
