import type { PatternReader } from "./pattern-reader.js";

const CONTROLS: Readonly<Record<string, number>> = {
  a: 0x07,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
};

const HEX_DIGITS: Readonly<Record<string, RegExp>> = {
  x: /[0-9a-fA-F]{2}/y,
  u: /[0-9a-fA-F]{4}/y,
  U: /[0-9a-fA-F]{8}/y,
};

/**
 * Reads the character of an escape by Python's rules; the reader is after the backslash.
 * `octal` says whether any digits are octal (inside a class), or only `\0…` and three digits (outside, where `\1` is a reference).
 */
export function readCharacterEscape(reader: PatternReader, { octal }: { octal: boolean }): number {
  const backslash = reader.position - 1;
  const number = reader.match(octal ? /[0-7]{1,3}/y : /0[0-7]{0,2}|[0-3][0-7]{2}/y);
  if (number !== undefined) return Number.parseInt(number[0], 8);
  if (reader.atEnd) throw reader.error("a backslash that escapes nothing", backslash);
  const letter = reader.take();
  if (Object.hasOwn(CONTROLS, letter)) return CONTROLS[letter]!;
  if (Object.hasOwn(HEX_DIGITS, letter)) {
    const digits = reader.match(HEX_DIGITS[letter]!);
    const codePoint = digits === undefined ? Number.NaN : Number.parseInt(digits[0], 16);
    if (codePoint <= 0x10ffff) return codePoint;
    throw reader.error(`an incomplete escape \\${letter}`, backslash);
  }
  if (/[a-zA-Z0-9]/.test(letter)) throw reader.error(`a bad escape \\${letter}`, backslash);
  return letter.codePointAt(0)!;
}
