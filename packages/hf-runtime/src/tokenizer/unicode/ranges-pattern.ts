import { type CodePointRanges, parseRanges } from "./code-point-ranges.js";

/** A pattern that matches one code point of any of the ranges. */
export function rangesPattern(...ranges: string[]): string {
  return `[${rangesClass(ranges.flatMap(parseRanges))}]`;
}

/** The inside of a pattern's brackets. */
export function rangesClass(ranges: CodePointRanges): string {
  const escaped = (code: number) => `\\u{${code.toString(16)}}`;
  return ranges.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join("");
}
