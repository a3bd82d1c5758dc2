/**
 * Length of a text in Unicode code points, as Python's `len` counts: "👍" is 1 (in JavaScript, `"👍".length` is 2).
 * The default `lengthFunction`. A surrogate without its partner counts as 1.
 */
export function codePointLength(text: string): number {
  return countCodePoints(text, 0, text.length);
}

/** Code points in `text.slice(start, end)`, without making the slice. */
export function countCodePoints(text: string, start: number, end: number): number {
  let pairs = 0;
  for (let index = start; index < end - 1; index++) {
    if (isPairAt(text, index)) {
      pairs++;
      index++;
    }
  }
  return end - start - pairs;
}

/** Whether the two UTF-16 units from `index` are one character. */
export function isPairAt(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
}

/** Whether some character of the text takes two UTF-16 units. */
export function hasSurrogates(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}
