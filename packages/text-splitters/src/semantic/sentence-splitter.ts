import { translatePythonRegex } from "../python/translate-python-regex.js";
import { compileRegex, RegexMatches } from "../separators/regex-matches.js";

/** A range of the text, in UTF-16 units. May be empty. */
export type SentenceRange = readonly [start: number, end: number];

/**
 * Makes a function that splits a text as Python's `re.split` does: it returns the pieces between the matches, also empty ones, and the
 * texts that the pattern's groups matched. A group that took no part in a match is left out.
 *
 * @throws {InvalidRegexError}
 */
export function sentenceSplitter(pattern: string): (text: string) => Generator<SentenceRange> {
  const translated = translatePythonRegex(pattern);
  const flags = translated.groups > 0 ? "dg" : "g";
  compileRegex(pattern, translated, flags);
  return function* (text) {
    const matches = new RegexMatches(text, compileRegex(pattern, translated, flags));
    let position = 0;
    while (matches.next()) {
      yield [position, matches.start];
      for (const group of matches.match?.indices?.slice(1) ?? []) if (group !== undefined) yield group;
      position = matches.end;
    }
    yield [position, text.length];
  };
}
