import type { LocatedIds } from "./pipeline/locate-section.js";

/** How `tokenizers`' post-processors for bytes trim: `trim_offsets`. */
export interface TrimSpaces {
  /** Whether the space that the first token starts with was added, and so is none of the text. */
  readonly addsPrefix: boolean;
}

/** Takes the spaces that tokens start with or end in out of what they stand for. Changes the bounds in place. */
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

/** The place so many characters before another: a space that was added stands for the character behind it, which may have two units. */
function charactersBefore(text: string, place: number, count: number): number {
  let at = place;
  for (let left = count; left > 0 && at > 0; left--) {
    at--;
    if (/[\uDC00-\uDFFF]/.test(text[at] ?? "") && at > 0) at--;
  }
  return at;
}
