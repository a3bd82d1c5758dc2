import { checkText } from "@secondpass/core";

/**
 * Length of a text in Unicode code points, as Python's `len` counts: "👍" is 1 (in JavaScript, `"👍".length` is 2).
 * The default `lengthFunction`. A surrogate without its partner counts as 1.
 * @throws {InvalidOptionError} if `text` is not a string
 */
export function codePointLength(text: string): number {
  let length = checkText(text, "text").length;
  for (let index = 0; index < text.length - 1; index++) {
    if (!isPairAt(text, index)) continue;
    length--;
    index++;
  }
  return length;
}

/** Whether the two UTF-16 units at `index` are one character. */
export function isPairAt(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
}
