import { hasTwoScripts } from "./has-two-scripts.js";

/** Share of words that may be odd: names and formulas are. */
const MOST_ODD = 0.05;

const OTHER_LETTERS =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Thai}]/gu;
/** A capital that is not ASCII behind a small letter. */
const CAPITAL_INSIDE = /\p{Ll}(?![A-Z])\p{Lu}/u;
/** Greek and Hebrew letters that end words. */
const FINAL_LETTER_INSIDE = /[ςםןץףך]\p{L}/u;
/** A sign between letters that is none of those that words have. */
const SIGN_INSIDE =
  /\p{L}(?![\0-\x7f])[\p{S}\p{No}\p{Pi}\p{Pf}\p{Ps}\p{Po}](?<![’‘ʼ·•…«»“”„°®™©§״׳،؛؟\u3000-\u303f\uff00-\uffef])[\p{L}]/u;

/**
 * Whether a text looks like one, as opposed to bytes that were decoded in a wrong encoding: no control characters, words in one script,
 * capitals only where words begin, no signs inside words.
 */
export function isPlausibleText(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (isNoText(text.charCodeAt(index))) return false;
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
      SIGN_INSIDE.test(word) ||
      FINAL_LETTER_INSIDE.test(word)
    )
      odd++;
    longestForeign = Math.max(longestForeign, word.match(OTHER_LETTERS)?.length ?? 0);
  }
  // A Latin text has no words of one letter of another script only: "à" may be read as Cyrillic.
  return odd <= words * MOST_ODD && !(longestForeign === 1 && /\p{Script=Latin}/u.test(text));
}

/** Control characters, but those of layout, DOS's end of file (0x1a), escape (0x1b) and next line (0x85); and what is no character. */
function isNoText(unit: number): boolean {
  if (unit < 0x20) return !((unit >= 0x09 && unit <= 0x0d) || unit === 0x1a || unit === 0x1b);
  return (
    (unit >= 0x7f && unit < 0xa0 && unit !== 0x85) || (unit >= 0xfdd0 && unit <= 0xfdef) || unit >= 0xfffd
  );
}

function isAscii(word: string): boolean {
  for (let index = 0; index < word.length; index++) if (word.charCodeAt(index) > 0x7f) return false;
  return true;
}
