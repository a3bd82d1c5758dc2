/** Where the matches go at which a text is split (`SplitDelimiterBehavior` of `tokenizers`). */
export type SplitBehavior = "Removed" | "Isolated" | "MergedWithPrevious" | "MergedWithNext" | "Contiguous";

interface Stretch {
  readonly start: number;
  end: number;
  readonly isMatch: boolean;
}

/**
 * Splits a text at the matches of a pattern, in the pieces that `tokenizers` makes of it, none of them empty.
 * @param invert whether the text between the matches counts as the matches
 */
export function splitText(
  text: string,
  pattern: RegExp,
  behavior: SplitBehavior,
  invert = false,
): readonly string[] {
  const joined: Stretch[] = [];
  const stretches = stretchesOf(text, pattern, invert);
  for (const [index, stretch] of stretches.entries()) {
    const last = joined.at(-1);
    const before = stretches[index - 1];
    const joins =
      (behavior === "Contiguous" && before?.isMatch === stretch.isMatch) ||
      (behavior === "MergedWithPrevious" && stretch.isMatch && before?.isMatch === false) ||
      (behavior === "MergedWithNext" && !stretch.isMatch && before?.isMatch === true);
    if (joins && last) last.end = stretch.end;
    else if (behavior !== "Removed" || !stretch.isMatch) joined.push({ ...stretch });
  }
  return joined.map(({ start, end }) => text.slice(start, end)).filter((piece) => piece !== "");
}

function stretchesOf(text: string, pattern: RegExp, invert: boolean): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    if (match[0] === "" && isWithinPair(text, match.index)) continue;
    const end = match.index + match[0].length;
    if (done < match.index) stretches.push({ start: done, end: match.index, isMatch: invert });
    stretches.push({ start: match.index, end, isMatch: !invert });
    done = end;
  }
  if (done < text.length) stretches.push({ start: done, end: text.length, isMatch: invert });
  return stretches;
}

/** Whether a place is between the halves of a surrogate pair, where V8 finds some empty matches. */
function isWithinPair(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return (
    unit >= 0xdc00 &&
    unit <= 0xdfff &&
    at > 0 &&
    text.charCodeAt(at - 1) >= 0xd800 &&
    text.charCodeAt(at - 1) <= 0xdbff
  );
}
