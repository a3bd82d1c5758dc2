import { parseRanges } from "./code-point-ranges.js";
import { markUnits } from "./mark-units.js";

/** Letters and digits of common scripts; `isPlain` excludes some of them. */
const ALPHABETS =
  "30-39 41-5a 61-7a c0-24f 391-3c9 410-44f 5d0-5ea 621-64a 904-939 e01-e2e 10d0-10f0 3041-3096 30a1-30fa";
/** Ideographs and Hangul syllables. The syllables have a decomposition, but a harmless one. */
const WHOLE = "4e00-9fa5 ac00-d7a3";

let marked: Uint8Array | undefined;

/**
 * Letters and digits that normalization changes independently of their neighbours: no Unicode form reorders or composes them, and
 * after another of them, each begins a new grapheme cluster. Between two of them, a text can be cut and normalized in parts.
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

/** Whether one of {@link wordLetterUnits} is in a range of code points. */
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
