import { GENERAL_CATEGORIES } from "./generated/general-categories.js";

type Range = readonly [first: number, last: number];

/** Reads `first-last` ranges in hexadecimal. */
export function parseRanges(ranges: string): readonly Range[] {
  return ranges.split(" ").map((range) => {
    const [first, last = first] = range.split("-");
    return [Number.parseInt(first!, 16), Number.parseInt(last!, 16)];
  });
}

/** Marks every UTF-16 code unit of the ranges below U+10000 in a table of 65,536 classes. */
export function markUnits(table: Uint8Array, ranges: string, mark: number): void {
  for (const [first, last] of parseRanges(ranges)) {
    if (first < 0x10000) table.fill(mark, first, Math.min(last, 0xffff) + 1);
  }
}

/** A pattern that matches one code point of any of the ranges. */
export function rangesPattern(...ranges: string[]): string {
  return `[${rangesClass(ranges.flatMap(parseRanges))}]`;
}

/** The inside of a pattern's brackets. */
export function rangesClass(ranges: readonly Range[]): string {
  const escaped = (code: number) => `\\u{${code.toString(16)}}`;
  return ranges.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join("");
}

/** Code points of a general category ("Lu") or of all whose names start alike ("L"), by the Unicode of Oniguruma. */
export function categoryRanges(category: string): readonly Range[] {
  const ranges: Range[] = [];
  let first = 0;
  for (const [, name, length = "1"] of GENERAL_CATEGORIES.matchAll(/([A-Z][a-z])(\d+)?/g)) {
    const next = first + Number(length);
    if (name!.startsWith(category)) ranges.push([first, next - 1]);
    first = next;
  }
  return ranges;
}
