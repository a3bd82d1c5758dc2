/** Reads `first-last` ranges in hexadecimal. */
export function parseRanges(ranges: string): readonly (readonly [first: number, last: number])[] {
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
  const escaped = (code: number) => `\\u{${code.toString(16)}}`;
  const parts = ranges.flatMap(parseRanges).map(([first, last]) => `${escaped(first)}-${escaped(last)}`);
  return `[${parts.join("")}]`;
}
