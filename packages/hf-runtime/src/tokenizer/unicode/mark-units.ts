import { parseRanges } from "./code-point-ranges.js";

/**
 * Marks every UTF-16 code unit of the ranges below U+10000.
 * @param table [65,536] class of each code unit
 */
export function markUnits(table: Uint8Array, ranges: string, mark: number): void {
  for (const [first, last] of parseRanges(ranges)) {
    if (first < 0x10000) table.fill(mark, first, Math.min(last, 0xffff) + 1);
  }
}
