const LETTERS = /\p{Script=Cyrillic}/gu;
const FREQUENT = /[оеаинтсрвлі]/giu;
/** Fewer letters than this are not enough to decide. */
const MANY = 20;
/** Smallest share of the frequent letters of Slavic languages. They are about 60 % of a text, and fewer in a wrong Cyrillic encoding. */
const LEAST = 0.5;

/**
 * Whether a text has many Cyrillic letters, but not the frequent ones. In chardet's statistics, capitals in windows-1251 look like small
 * letters in KOI8-R, and the other way round.
 */
export function isOddCyrillic(text: string): boolean {
  const letters = text.match(LETTERS)?.length ?? 0;
  return letters >= MANY && (text.match(FREQUENT)?.length ?? 0) < letters * LEAST;
}
