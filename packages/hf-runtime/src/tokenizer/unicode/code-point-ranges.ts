/** First and last code point of each range, both included. */
export type CodePointRanges = readonly (readonly [first: number, last: number])[];

/** Reads `first-last` ranges in hexadecimal, separated by spaces. */
export function parseRanges(ranges: string): CodePointRanges {
  return ranges.split(" ").map((range) => {
    const [first, last = first] = range.split("-");
    return [Number.parseInt(first!, 16), Number.parseInt(last!, 16)];
  });
}
