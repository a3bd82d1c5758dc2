/** V8 copies parts of a text that are shorter than this; a longer part keeps the whole text in memory. */
const SLICED_FROM = 13;

/** Copies a word, so that it does not keep the text that it was cut from in memory. Only for short texts such as words. */
export function unsliced(word: string): string {
  if (word.length < SLICED_FROM) return word;
  const units = Array.from({ length: word.length }, (_, i) => word.charCodeAt(i));
  return String.fromCharCode(...units);
}
