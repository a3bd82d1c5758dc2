import { WORD } from "./generated/code-point-ranges.js";
import { markUnits } from "./mark-units.js";
import { rangesPattern } from "./ranges-pattern.js";

/** Created on first use, not at import: it has hundreds of ranges. */
let units: Uint8Array | undefined;
let beyond: RegExp | undefined;

/** Whether a code point is a letter, a digit or similar, as `tokenizers` defines it (`\w`). */
export function isWordCharacter(codePoint: number): boolean {
  if (units === undefined) {
    units = new Uint8Array(0x10000);
    markUnits(units, WORD, 1);
  }
  if (codePoint < 0x10000) return units[codePoint] === 1;
  beyond ??= new RegExp(`^${rangesPattern(WORD)}`, "u");
  return beyond.test(String.fromCodePoint(codePoint));
}
