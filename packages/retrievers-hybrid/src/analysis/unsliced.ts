/** V8 copies shorter parts of a text; a longer part keeps the whole text in memory. */
const SLICED_FROM = 13;

/** The same word, without the text that it was cut out of. Words only: it must be short. */
export function unsliced(word: string): string {
  if (word.length < SLICED_FROM) return word;
  const units = Array.from({ length: word.length }, (_, i) => word.charCodeAt(i));
  return String.fromCharCode(...units);
}
