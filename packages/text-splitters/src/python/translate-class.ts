import type { PatternReader } from "./pattern-reader.js";
import { PYTHON_SPACE } from "./python-space.js";
import { readCharacterEscape } from "./read-character-escape.js";

/** What `\d`, `\w`, `\s` and their opposites match in Python's str patterns, in the syntax of JavaScript's `v` flag. */
const UNICODE_CLASSES: Readonly<Record<string, string>> = {
  d: "\\p{Nd}",
  D: "\\P{Nd}",
  // str.isalnum() or "_": letters and everything with a numeric value; marks are no word characters in Python.
  w: "[\\p{L}\\p{N}_]",
  W: "[^\\p{L}\\p{N}_]",
  s: `[${PYTHON_SPACE}]`,
  S: `[^${PYTHON_SPACE}]`,
};

/** The same under re.ASCII. */
const ASCII_CLASSES: Readonly<Record<string, string>> = {
  d: "[0-9]",
  D: "[^0-9]",
  w: "[a-zA-Z0-9_]",
  W: "[^a-zA-Z0-9_]",
  s: "[\\t-\\r\\x20]",
  S: "[^\\t-\\r\\x20]",
};

/** The class that a letter means after a backslash, undefined for any other letter. */
export function classOfEscape(letter: string, ascii: boolean): string | undefined {
  const classes = ascii ? ASCII_CLASSES : UNICODE_CLASSES;
  return Object.hasOwn(classes, letter) ? classes[letter] : undefined;
}

/** One member of a class: a character (may begin a range), or a class of its own. */
type Member = { readonly codePoint: number } | { readonly source: string };

/** Translates `[…]`; the reader is behind the opening bracket, and afterwards behind the closing one. */
export function translateClass(reader: PatternReader, ascii: boolean): string {
  const opening = reader.position - 1;
  let source = reader.accept("^") ? "[^" : "[";
  // A closing bracket that comes first is a member.
  for (let first = true; first || reader.peek() !== "]"; first = false) {
    if (reader.atEnd) throw reader.error("a character class that is never closed", opening);
    source += translateMember(reader, ascii);
  }
  reader.take();
  return `${source}]`;
}

/** A character, a range, a class escape. */
function translateMember(reader: PatternReader, ascii: boolean): string {
  const position = reader.position;
  const low = readMember(reader, ascii);
  if (reader.peek() !== "-" || reader.peek(1) === "]" || reader.peek(1) === "") return sourceOf(low);
  reader.take();
  const high = readMember(reader, ascii);
  if ("source" in low || "source" in high || high.codePoint < low.codePoint) {
    throw reader.error("a bad character range", position);
  }
  return `${sourceOf(low)}-${sourceOf(high)}`;
}

function readMember(reader: PatternReader, ascii: boolean): Member {
  const character = reader.take();
  if (character !== "\\") return { codePoint: character.codePointAt(0)! };
  const escaped = reader.peek();
  const asClass = classOfEscape(escaped, ascii);
  if (asClass !== undefined) {
    reader.take();
    return { source: asClass };
  }
  if (escaped === "p" || escaped === "P") return { source: reader.takeProperty() };
  if (escaped === "b") {
    reader.take();
    return { codePoint: 0x08 };
  }
  return { codePoint: readCharacterEscape(reader, { octal: true }) };
}

/** Written as a number, a character needs no escaping under any rule of the `v` flag. */
function sourceOf(member: Member): string {
  return "source" in member ? member.source : codePointSource(member.codePoint);
}

/** `\u{…}`: a character that is never taken for syntax. */
export function codePointSource(codePoint: number): string {
  return `\\u{${codePoint.toString(16)}}`;
}
