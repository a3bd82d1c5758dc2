import type { CodePointRanges } from "./code-point-ranges.js";
import { GENERAL_CATEGORIES } from "./generated/general-categories.js";

const known = new Map<string, CodePointRanges>();

/**
 * Code points of a general category, in the Unicode version of Oniguruma.
 * @param category "Lu", or "L" for all categories whose names start with it
 */
export function categoryRanges(category: string): CodePointRanges {
  const cached = known.get(category);
  if (cached) return cached;
  const ranges: [number, number][] = [];
  let first = 0;
  for (const [, name, length = "1"] of GENERAL_CATEGORIES.matchAll(/([A-Z][a-z])(\d+)?/g)) {
    const next = first + Number(length);
    if (name!.startsWith(category)) ranges.push([first, next - 1]);
    first = next;
  }
  known.set(category, ranges);
  return ranges;
}
