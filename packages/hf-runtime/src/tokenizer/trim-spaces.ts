import type { LocatedIds } from "./pipeline/locate-section.js";

/** How byte-level post-processors of `tokenizers` trim spaces (`trim_offsets`). */
export interface TrimSpaces {
  /** Whether the space at the start of the first token was added, and so is not part of the text. */
  readonly addsPrefix: boolean;
}

/** Trims the spaces at the start and the end of tokens off their places. Changes the bounds in place. */
export function trimSpaces(
  text: string,
  { starts, ends, leading, trailing }: LocatedIds,
  { addsPrefix }: TrimSpaces,
): void {
  for (let i = 0; i < starts.length; i++) {
    const isFirst = i === 0 || starts[i] === 0;
    const before = Math.max(0, leading[i]! - (isFirst && addsPrefix ? 1 : 0));
    const start = Math.min(starts[i]! + before, ends[i]!);
    ends[i] = Math.max(charactersBefore(text, ends[i]!, trailing[i]!), start);
    starts[i] = start;
  }
}

/** The place that is `count` characters before another. An added space takes the place of the character after it, which may have two units. */
function charactersBefore(text: string, place: number, count: number): number {
  let at = place;
  for (let left = count; left > 0 && at > 0; left--) {
    at--;
    if (/[\uDC00-\uDFFF]/.test(text[at] ?? "") && at > 0) at--;
  }
  return at;
}
