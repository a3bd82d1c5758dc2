import { parseRanges } from "./code-point-ranges.js";
import { markUnits } from "./mark-units.js";

/** Letters and digits of the usual scripts, among them some that `isPlain` takes out. */
const ALPHABETS =
  "30-39 41-5a 61-7a c0-24f 391-3c9 410-44f 5d0-5ea 621-64a 904-939 e01-e2e 10d0-10f0 3041-3096 30a1-30fa";
/** Ideographs, and syllables of Hangul: those have a decomposition, but as harmless. */
const WHOLE = "4e00-9fa5 ac00-d7a3";

let marked: Uint8Array | undefined;

/**
 * Letters and digits that never change together with what is beside them: no Unicode form reorders or composes them, and they begin
 * a grapheme cluster after one of themselves. Between two of them a text can be normalized in parts.
 * @returns [65,536] 1 for their UTF-16 code units
 */
export function wordLetterUnits(): Uint8Array {
  if (!marked) {
    marked = new Uint8Array(0x10000);
    for (const letter of charactersOf(ALPHABETS)) if (isPlain(letter)) marked[letter.charCodeAt(0)] = 1;
    markUnits(marked, WHOLE, 1);
  }
  return marked;
}

/** Whether one of them is among some code points. */
export function hasWordLetters(first: number, last: number): boolean {
  const found = wordLetterUnits().indexOf(1, first);
  return found >= 0 && found <= last;
}

function charactersOf(ranges: string): string[] {
  return parseRanges(ranges).flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index)),
  );
}

/** Whether a character is a letter or digit without a decomposition. */
function isPlain(character: string): boolean {
  return /[\p{L}\d]/u.test(character) && character.normalize("NFKD") === character;
}
