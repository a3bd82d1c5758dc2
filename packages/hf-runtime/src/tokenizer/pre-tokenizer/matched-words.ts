import { NativePattern } from "../pattern/native-pattern.js";

/** A text up to this length is split at once, which is faster. In UTF-16 units. */
const SHORT = 4096;

/** Splits a text into the matches of a pattern; an empty one is a place to pause. */
export type MatchedWords = (text: string) => Iterable<string>;

/**
 * @param regExp with the flags "gu", linear as `isLinear` says, without empty matches
 * @param source the same pattern, with its properties not written out as ranges
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
