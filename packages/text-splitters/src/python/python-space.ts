/**
 * Python's whitespace (`str.isspace`, `str.strip`, `\s`), as the inside of a character class. Unlike JavaScript's, it includes
 * U+001C–U+001F and U+0085, but not U+FEFF.
 * Source: Unicode bidirectional types WS, B and S, and category Zs; https://docs.python.org/3/library/stdtypes.html#str.isspace
 */
export const PYTHON_SPACE =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

/** All other characters, as the inside of a class. */
export const NO_PYTHON_SPACE =
  "\\0-\\x08\\x0e-\\x1b\\x21-\\x84\\x86-\\x9f\\xa1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e" +
  "\\u2060-\\u2fff\\u3001-\\u{10ffff}";

/** Whether Python's `str.strip` removes this UTF-16 unit. */
export function isPythonSpace(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || (unit >= 0x1c && unit <= 0x1f);
  if (unit < 0x1680) return unit === 0x85 || unit === 0xa0;
  return (
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

/** First position in [start, end) that is not whitespace, else `end`. */
export function skipSpace(text: string, start: number, end: number): number {
  while (start < end && isPythonSpace(text.charCodeAt(start))) start++;
  return start;
}

/** Position after the last character in [start, end) that is not whitespace, else `start`. */
export function skipSpaceBack(text: string, start: number, end: number): number {
  while (end > start && isPythonSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

/** Python's `str.strip`. */
export function strip(text: string): string {
  const start = skipSpace(text, 0, text.length);
  return text.slice(start, skipSpaceBack(text, start, text.length));
}
