import { checkText } from "./check-text.js";
import { LATIN_LANGUAGES } from "./latin-languages.js";

/** Frequent words of English: a text that has many of them is English, whatever it quotes. */
const ENGLISH = new Set(
  "the and of that this with which from are what how why when where who does did have been were not but you your they their there these those could should would its it than then if into about after before because while other some any only use using used".split(
    " ",
  ),
);

/** For each frequent word: the languages that have it, and whether it belongs to that language only. */
type LanguagesOf = ReadonlyMap<string, readonly { readonly language: string; readonly isOwn: boolean }[]>;

/** Built on first use: most programs that import this package never check a language. */
let languagesOf: LanguagesOf | undefined;

function makeLanguagesOf(): LanguagesOf {
  const found = new Map<string, { readonly language: string; readonly isOwn: boolean }[]>();
  for (const [language, { own, shared }] of Object.entries(LATIN_LANGUAGES)) {
    for (const [words, isOwn] of [
      [own, true],
      [shared, false],
    ] as const) {
      for (const word of words) found.set(word, [...(found.get(word) ?? []), { language, isOwn }]);
    }
  }
  return found;
}

/** Number of words of a text that are checked. */
const MAX_WORDS = 200;

/** At least one word in this many must be a frequent one; in running text it is every second to sixth. */
const RAREST = 12;

/** A text is not English if at least this many words, and one in four, have accents. */
const ACCENTED_ENOUGH = 3;
const ACCENTED_RAREST = 4;

/** A word. It includes digits and underscores, so that no part of an identifier is a word. */
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
const ACCENTED = /^(?=[\p{Script=Latin}\p{M}]+$).*[^\0-\x7f]/u;

/**
 * Detects the language of a text in Latin letters, other than English, by its frequent words. It prefers to return nothing if in doubt: it names a language for
 * only a handful of 90,000 English texts and 91,000 pieces of code, and for most foreign sentences of 10 words.
 * @returns a key of {@link LATIN_LANGUAGES}, or `"other"`; undefined for English, and if there is too little to tell
 * @throws {InvalidOptionError} if `text` is not a string
 */
export function latinLanguage(text: string): string | undefined {
  checkText(text, "text");
  languagesOf ??= makeLanguagesOf();
  const hits = new Map<string, number>();
  const kinds = new Map<string, Set<string>>();
  const own = new Map<string, number>();
  let words = 0;
  let english = 0;
  const accented = new Set<string>();
  for (const [written] of text.normalize("NFC").matchAll(WORD)) {
    if (++words > MAX_WORDS) break;
    const word = written.toLowerCase();
    if (ACCENTED.test(word)) accented.add(word);
    if (ENGLISH.has(word)) english++;
    for (const { language, isOwn } of languagesOf.get(word) ?? []) {
      hits.set(language, (hits.get(language) ?? 0) + 1);
      kinds.set(language, (kinds.get(language) ?? new Set()).add(word));
      if (isOwn) own.set(language, (own.get(language) ?? 0) + 1);
    }
  }
  let best = "";
  for (const [language, count] of hits)
    if (own.has(language) && count > (hits.get(best) ?? 0)) best = language;
  const count = hits.get(best) ?? 0;
  const isSure = (kinds.get(best)?.size ?? 0) >= 2 || (accented.size > 0 && english === 0);
  if (count > 0 && isSure && count * RAREST >= words && count > english * 2) return best;
  const isForeign = accented.size >= ACCENTED_ENOUGH && accented.size * ACCENTED_RAREST >= words;
  return isForeign && english === 0 ? "other" : undefined;
}
