import { CharacterSet, type EscapedClass } from "./character-set.js";
import type { PatternReader } from "./pattern-reader.js";
import { NO_PYTHON_SPACE, PYTHON_SPACE } from "./python-space.js";
import { readCharacterEscape } from "./read-character-escape.js";

/** Flags that change the meaning of a character or a class. */
export interface ClassScope {
  readonly ascii: boolean;
  readonly ignoreCase: boolean;
}

/**
 * The characters that `\d`, `\w`, `\s` match in Python's str patterns. Nested classes would need the `v` flag, with which V8 11.3 of Node 20 matches some
 * negated classes wrongly, such as `/(?:[^,],)+/v`.
 */
const UNICODE_CLASSES: Readonly<Record<string, EscapedClass>> = {
  d: { inside: "\\p{Nd}", opposite: "\\P{Nd}" },
  w: {
    // str.isalnum() or "_": letters and everything with a numeric value; marks are not word characters in Python.
    inside: "\\p{L}\\p{N}_",
    // All other categories, and of Pc all but "_".
    opposite:
      "\\p{M}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}\\p{S}\\p{Z}\\p{C}" +
      "\\u203f\\u2040\\u2054\\ufe33\\ufe34\\ufe4d-\\ufe4f\\uff3f",
  },
  s: { inside: PYTHON_SPACE, opposite: NO_PYTHON_SPACE },
};

/** The same with re.ASCII. */
const ASCII_CLASSES: Readonly<Record<string, EscapedClass>> = {
  d: { inside: "0-9", opposite: "\\0-\\x2f\\x3a-\\u{10ffff}" },
  w: { inside: "a-zA-Z0-9_", opposite: "\\0-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\u{10ffff}" },
  s: { inside: "\\t-\\r\\x20", opposite: "\\0-\\x08\\x0e-\\x1f\\x21-\\u{10ffff}" },
};

/** The class of a letter after a backslash, undefined if it has none. */
export function classOfEscape(letter: string, ascii: boolean): EscapedClass | undefined {
  const classes = ascii ? ASCII_CLASSES : UNICODE_CLASSES;
  if (Object.hasOwn(classes, letter)) return classes[letter];
  const small = letter.toLowerCase();
  if (!Object.hasOwn(classes, small)) return undefined;
  const { inside, opposite } = classes[small]!;
  return { inside: opposite, opposite: inside };
}

/** Translates `[…]`. The reader is after the opening bracket; afterwards it is after the closing one. */
export function translateClass(reader: PatternReader, scope: ClassScope): string {
  const opening = reader.position - 1;
  const negated = reader.accept("^");
  const set = new CharacterSet();
  // A closing bracket at the start is a member.
  for (let first = true; first || reader.peek() !== "]"; first = false) {
    if (reader.atEnd) throw reader.error("a character class that is never closed", opening);
    readMembers(reader, scope, set);
  }
  reader.take();
  return set.source(scope, negated);
}

/** Reads a character, a range or a class escape. */
function readMembers(reader: PatternReader, scope: ClassScope, set: CharacterSet): void {
  const position = reader.position;
  const low = readMember(reader, scope, set);
  if (reader.peek() !== "-" || reader.peek(1) === "]" || reader.peek(1) === "") {
    if (low !== undefined) set.addRange(low, low);
    return;
  }
  reader.take();
  const high = readMember(reader, scope, set);
  if (low === undefined || high === undefined || high < low) {
    throw reader.error("a bad character range", position);
  }
  set.addRange(low, high);
}

/** @returns the code point of a character, which may begin a range; undefined for a class, which is added to the set */
function readMember(reader: PatternReader, { ascii }: ClassScope, set: CharacterSet): number | undefined {
  const character = reader.take();
  if (character !== "\\") return character.codePointAt(0)!;
  const escaped = reader.peek();
  const asClass = classOfEscape(escaped, ascii);
  if (asClass !== undefined) {
    reader.take();
    set.addClass(asClass);
    return undefined;
  }
  if (escaped === "p" || escaped === "P") {
    set.addProperty(reader.takeProperty());
    return undefined;
  }
  if (escaped === "b") {
    reader.take();
    return 0x08;
  }
  return readCharacterEscape(reader, { octal: true });
}
