import { wordLetterUnits } from "../unicode/word-letter-units.js";
import { escapeRegExp } from "./escape-reg-exp.js";
import { MAX_BOUNDED_LENGTH } from "./is-linear.js";
import { LinearPattern } from "./linear-pattern.js";
import { NativePattern } from "./native-pattern.js";
import { parsePattern } from "./parse-pattern.js";
import type { TextPattern } from "./text-pattern.js";

/**
 * A pattern that matches one text.
 * @throws SyntaxError if the text has 500 characters or more
 */
export function literalPattern(text: string): TextPattern {
  const source = escapeRegExp(text);
  if (text.length > MAX_BOUNDED_LENGTH) return new LinearPattern(parsePattern(source));
  const letters = wordLetterUnits();
  const leavesWords = text !== "" && ![...text].some((character) => letters[character.charCodeAt(0)] === 1);
  return new NativePattern(new RegExp(source, "gu"), { splitsWords: false, leavesWords });
}
