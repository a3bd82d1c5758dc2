import type { TextPattern } from "../pattern/text-pattern.js";

/** What happens to the matches at which a text is split (`SplitDelimiterBehavior` of `tokenizers`). */
export type SplitBehavior = "Removed" | "Isolated" | "MergedWithPrevious" | "MergedWithNext" | "Contiguous";

/**
 * Splits a text at the matches of a pattern, into the same pieces as `tokenizers`. At an empty piece, the caller may pause.
 * @param invert whether the text between the matches counts as the matches
 */
export function* splitText(
  text: string,
  pattern: TextPattern,
  behavior: SplitBehavior,
  invert = false,
): Generator<string, void, undefined> {
  const search = pattern.search(text);
  /** The current piece, which the next stretch may extend. */
  let start = 0;
  let end = 0;
  /** Whether the last stretch was a match; undefined at the start. */
  let before: boolean | undefined;
  let done = 0;
  for (let found = search.next(); ; found = search.next()) {
    if (found === "paused") {
      yield "";
      continue;
    }
    // Two stretches: the text between the matches, and the match.
    for (let isMatch = false; ; isMatch = true) {
      const stop = found === "done" ? text.length : isMatch ? search.end : search.start;
      if (isMatch ? found === "found" : done < stop) {
        const counts = isMatch !== invert;
        const joins =
          (behavior === "Contiguous" && before === counts) ||
          (behavior === "MergedWithPrevious" && counts && before === false) ||
          (behavior === "MergedWithNext" && !counts && before === true);
        if (!joins) {
          if (start < end) yield text.slice(start, end);
          start = done;
          if (behavior === "Removed" && counts) start = stop;
        }
        end = stop;
        before = counts;
        done = stop;
      }
      if (isMatch) break;
    }
    if (found === "done") break;
  }
  if (start < end) yield text.slice(start, end);
}
