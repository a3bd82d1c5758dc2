/** First and last code point of each range, both included. */
export type CodePointRanges = readonly (readonly [first: number, last: number])[];

/** Reads `first-last` ranges in hexadecimal, separated by spaces. */
export function parseRanges(ranges: string): CodePointRanges {
  return ranges.split(" ").map((range) => {
    const [first, last = first] = range.split("-");
    return [Number.parseInt(first!, 16), Number.parseInt(last!, 16)];
  });
}

const LAST_CODE_POINT = 0x10ffff;

/** The code points between the ranges; these may overlap, in any order. */
export function complementRanges(ranges: CodePointRanges): CodePointRanges {
  const gaps: (readonly [number, number])[] = [];
  let next = 0;
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    if (first > next) gaps.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= LAST_CODE_POINT) gaps.push([next, LAST_CODE_POINT]);
  return gaps;
}
