import { isPythonSpace, skipSpace } from "../python/python-space.js";
import { MatchFinder } from "./match-finder.js";

/** A start tag, or what looks like one but is text. */
export interface StartTag {
  readonly kind: "open" | "closed" | "text";
  /** In lower case; "" for text. */
  readonly name: string;
  readonly end: number;
}

const [SLASH, EQUALS, GREATER] = [0x2f, 0x3d, 0x3e];

/** Finds the ends of start tags by the rules of Python's `html.parser`, with attributes and their quotes. */
export class StartTagScanner {
  readonly #tagNameEnd: MatchFinder;
  readonly #single: MatchFinder;
  readonly #double: MatchFinder;
  /** Positions at which an attribute may start, but whose tag never ends. */
  #endless: Uint8Array | undefined;

  constructor(
    private readonly source: string,
    private readonly greater: MatchFinder,
  ) {
    this.#tagNameEnd = new MatchFinder(source, /[\t\n\r\f />\0]/g);
    this.#single = new MatchFinder(source, /'/g);
    this.#double = new MatchFinder(source, /"/g);
  }

  /** End of the tag name that starts at a position. */
  nameEnd(start: number): number {
    return this.#tagNameEnd.next(start)?.start ?? this.source.length;
  }

  /**
   * @param at position of the "<"
   * @param remember whether to remember the positions in a tag without end, for tags that start inside it
   * @returns undefined if the tag does not end
   */
  scan(at: number, remember: boolean): StartTag | undefined {
    const { source } = this;
    const nameEnd = this.nameEnd(at + 1);
    if (source[nameEnd] === "\0") return { kind: "text", name: "", end: nameEnd };
    if (this.greater.next(nameEnd) === undefined) return undefined;
    const starts: number[] = [];
    let position = this.#skipBetween(nameEnd);
    while (this.#attributeStartsAt(position)) {
      if (this.#endless?.[position]) {
        position = source.length;
        break;
      }
      if (remember) starts.push(position);
      position = this.#skipBetween(this.#attributeEnd(position));
    }
    const closed = source.startsWith("/>", position);
    if (closed || source[position] === ">") {
      const name = source.slice(at + 1, nameEnd).toLowerCase();
      return { kind: closed ? "closed" : "open", name, end: position + (closed ? 2 : 1) };
    }
    if (position < source.length && !/[a-zA-Z=/]/.test(source[position]!)) {
      return { kind: "text", name: "", end: position };
    }
    if (remember) this.#endless ??= new Uint8Array(source.length);
    for (const start of starts) this.#endless![start] = 1;
    return undefined;
  }

  /** Skips whitespace, and slashes that do not close the tag. */
  #skipBetween(start: number): number {
    const { source } = this;
    let position = skipSpace(source, start, source.length);
    while (source[position] === "/" && source[position + 1] !== ">") {
      position = skipSpace(source, position + 1, source.length);
    }
    return position;
  }

  #attributeStartsAt(position: number): boolean {
    const { source } = this;
    const before = source[position - 1]!;
    const follows =
      before === "'" || before === '"' || before === "/" || isPythonSpace(source.charCodeAt(position - 1));
    const character = source[position];
    return follows && character !== undefined && character !== "/" && character !== ">";
  }

  /** End of the attribute that starts at a position, including its value. */
  #attributeEnd(start: number): number {
    const { source } = this;
    const nameEnd = attributeNameEnd(source, start + 1);
    const equals = skipSpace(source, nameEnd, source.length);
    if (source[equals] !== "=") return nameEnd;
    let afterEquals = equals;
    while (source[afterEquals] === "=") afterEquals++;
    const value = skipSpace(source, afterEquals, source.length);
    const quote = source[value];
    if (quote !== "'" && quote !== '"') return bareValueEnd(source, value);
    const close = (quote === "'" ? this.#single : this.#double).next(value + 1);
    if (close !== undefined) return close.end;
    // A quote that is never closed: the value is empty if there is a space before the quote, else it begins with the last of several "=".
    if (value > afterEquals) return value - 1;
    return afterEquals - equals > 1 ? bareValueEnd(source, afterEquals - 1) : nameEnd;
  }
}

function attributeNameEnd(source: string, from: number): number {
  let end = from;
  while (end < source.length) {
    const unit = source.charCodeAt(end);
    if (unit === SLASH || unit === EQUALS || unit === GREATER || isPythonSpace(unit)) break;
    end++;
  }
  return end;
}

/** End of a value without quotes. */
function bareValueEnd(source: string, from: number): number {
  let end = from;
  while (end < source.length) {
    const unit = source.charCodeAt(end);
    if (unit === GREATER || isPythonSpace(unit)) break;
    end++;
  }
  return end;
}
