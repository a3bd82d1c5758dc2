import { NativePattern } from "../pattern/native-pattern.js";

/** Texts of up to this many UTF-16 units are split in one call, which is faster. */
const SHORT = 4096;

/** Splits a text into the matches of a pattern; at an empty one, the caller may pause. */
export type MatchedWords = (text: string) => Iterable<string>;

/**
 * Builds a function that splits texts into the matches of a pattern.
 * @param regExp a RegExp with the flags "gu" that takes linear time and has no empty matches
 * @param source the same pattern, with properties instead of ranges
 */
export function matchedWords(regExp: RegExp, source?: string): MatchedWords {
  const pattern = new NativePattern(regExp, { splitsWords: false, leavesWords: false }, source);
  return (text) => (text.length <= SHORT ? (text.match(regExp) ?? []) : matchesOneByOne(text, pattern));
}

function* matchesOneByOne(text: string, pattern: NativePattern): Generator<string, void, undefined> {
  const search = pattern.search(text);
  for (let found = search.next(); found !== "done"; found = search.next()) {
    yield found === "paused" ? "" : text.slice(search.start, search.end);
  }
}
