import { hasTwoScripts } from "./has-two-scripts.js";

/** Largest share of odd words, such as names and formulas. */
const MAX_ODD = 0.05;

const OTHER_LETTERS =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Thai}]/gu;
/** A capital that is not ASCII after a small letter. */
const CAPITAL_INSIDE = /\p{Ll}(?![A-Z])\p{Lu}/u;
/** Greek and Hebrew letters that end words. */
const FINAL_LETTER_INSIDE = /[ςםןץףך]\p{L}/u;
/** A symbol between letters that does not occur inside words. */
const SYMBOL_INSIDE =
  /\p{L}(?![\0-\x7f])[\p{S}\p{No}\p{Pi}\p{Pf}\p{Ps}\p{Po}](?<![’‘ʼ·•…«»“”„°®™©§״׳،؛؟\u3000-\u303f\uff00-\uffef])[\p{L}]/u;

/**
 * Whether a text looks like real text, and not like bytes in a wrong encoding: it has no control characters, words have one script,
 * capitals are only at the beginning of words, and there are no symbols inside words.
 */
export function isPlausibleText(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (isNotText(text.charCodeAt(index))) return false;
  }
  let words = 0;
  let odd = 0;
  let longestForeign = 0;
  for (const word of text.split(/\s+/)) {
    if (isAscii(word)) continue;
    words++;
    if (
      hasTwoScripts(word) ||
      CAPITAL_INSIDE.test(word) ||
      SYMBOL_INSIDE.test(word) ||
      FINAL_LETTER_INSIDE.test(word)
    )
      odd++;
    longestForeign = Math.max(longestForeign, word.match(OTHER_LETTERS)?.length ?? 0);
  }
  // In a Latin text, words of another script are not all of one letter: such a letter may be an "à" that was read as Cyrillic.
  return odd <= words * MAX_ODD && !(longestForeign === 1 && /\p{Script=Latin}/u.test(text));
}

/** Whether a unit is a control character (except layout, DOS's end of file 0x1a, escape 0x1b and next line 0x85) or not a character. */
function isNotText(unit: number): boolean {
  if (unit < 0x20) return !((unit >= 0x09 && unit <= 0x0d) || unit === 0x1a || unit === 0x1b);
  return (
    (unit >= 0x7f && unit < 0xa0 && unit !== 0x85) || (unit >= 0xfdd0 && unit <= 0xfdef) || unit >= 0xfffd
  );
}

function isAscii(word: string): boolean {
  for (let index = 0; index < word.length; index++) if (word.charCodeAt(index) > 0x7f) return false;
  return true;
}
