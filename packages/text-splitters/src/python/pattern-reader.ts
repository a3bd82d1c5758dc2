import { InvalidRegexError } from "../errors/invalid-regex-error.js";

/** Reads a pattern character by character (code point by code point). */
export class PatternReader {
  /** In UTF-16 units. */
  position = 0;

  constructor(readonly pattern: string) {}

  get atEnd(): boolean {
    return this.position >= this.pattern.length;
  }

  /** The UTF-16 unit `ahead` of the current position, "" after the end. */
  peek(ahead = 0): string {
    return this.pattern.charAt(this.position + ahead);
  }

  /** The next character, which may take two UTF-16 units. */
  take(): string {
    const codePoint = this.pattern.codePointAt(this.position);
    if (codePoint === undefined) throw this.error("an unexpected end", this.position);
    const character = String.fromCodePoint(codePoint);
    this.position += character.length;
    return character;
  }

  /** Consumes `expected` if it comes next. */
  accept(expected: string): boolean {
    if (!this.pattern.startsWith(expected, this.position)) return false;
    this.position += expected.length;
    return true;
  }

  /** Consumes the match of a sticky expression at the current position. */
  match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.position;
    const match = expression.exec(this.pattern);
    if (match === null) return undefined;
    this.position += match[0].length;
    return match;
  }

  /** Reads JavaScript's `\p{…}`, after its backslash, unchanged. Python's `re` does not have it. */
  takeProperty(): string {
    const match = this.match(/[pP]\{[\w=]+\}/y);
    if (match === undefined) throw this.error(`a bad escape \\${this.peek()}`, this.position - 1);
    return `\\${match[0]}`;
  }

  error(reason: string, position: number, options?: ErrorOptions): InvalidRegexError {
    return new InvalidRegexError(this.pattern, reason, position, options);
  }
}
