import { InvalidRegexError } from "../errors/invalid-regex-error.js";
import { isPairAt } from "../python/code-point-length.js";
import type { TranslatedRegex } from "../python/translate-python-regex.js";
import type { MatchCursor } from "./match-cursor.js";

/**
 * Iterates over the matches of an expression by the rules of Python's `re.split`: a match may be empty, also directly after another
 * one, but not twice at the same position.
 */
export class RegexMatches implements MatchCursor {
  start = 0;
  end = 0;
  match: RegExpExecArray | null = null;

  /** @param expression with the flag "g"; it stores its position, so each text needs its own expression */
  constructor(
    readonly text: string,
    private readonly expression: RegExp,
  ) {}

  next(): boolean {
    const afterEmpty = this.match !== null && this.start === this.end;
    this.match = this.#find(this.end);
    if (afterEmpty && this.match?.index === this.end && this.match[0] === "") {
      // Stop after the last character.
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
    // In V8, a match that consumes nothing, like \B, may be inside a surrogate pair.
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

/**
 * @param pattern as the caller wrote it, for the error
 * @throws {InvalidRegexError} if JavaScript cannot read the translated pattern
 */
export function compileRegex(pattern: string, { source, flags }: TranslatedRegex, moreFlags: string): RegExp {
  try {
    return new RegExp(source, flags + moreFlags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidRegexError(pattern, reason, undefined, { cause: error });
  }
}
