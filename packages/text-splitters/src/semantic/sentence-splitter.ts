import { translatePythonRegex } from "../python/translate-python-regex.js";
import { compileRegex, RegexMatches } from "../separators/regex-matches.js";

/** A range of the text, in UTF-16 units. May be empty. */
export type SentenceRange = readonly [start: number, end: number];

/**
 * Makes Python's `re.split` of a pattern: from a text to what is between the matches, the empty pieces too. What the pattern's groups
 * took is in the list as well; a group that took no part is left out.
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
