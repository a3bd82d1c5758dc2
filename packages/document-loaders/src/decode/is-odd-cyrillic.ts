const LETTERS = /\p{Script=Cyrillic}/gu;
const FREQUENT = /[оеаинтсрвлі]/giu;
/** Fewer letters say nothing. */
const MANY = 20;
/** The frequent letters of Slavic languages are some six tenths of a text, and fewer in a wrong encoding of Cyrillic. */
const LEAST = 0.5;

/**
 * Whether a text has many Cyrillic letters, but not those that are frequent: capitals in windows-1251 look to statistics like small letters
 * in KOI8-R, and the other way round.
 */
export function isOddCyrillic(text: string): boolean {
  const letters = text.match(LETTERS)?.length ?? 0;
  return letters >= MANY && (text.match(FREQUENT)?.length ?? 0) < letters * LEAST;
}
