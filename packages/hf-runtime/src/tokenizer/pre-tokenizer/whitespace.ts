import { parseRanges } from "../unicode/code-point-ranges.js";
import { WHITESPACE, WORD } from "../unicode/generated/code-point-ranges.js";
import { rangesClass, rangesPattern } from "../unicode/ranges-pattern.js";
import { matchedWords } from "./matched-words.js";
import { type PreTokenizerKind, preTokenizer } from "./pre-tokenizer.js";

/** Words, and runs of symbols that are neither words nor white space (`\w+|[^\w\s]+`). */
export const whitespace: PreTokenizerKind = {
  type: "Whitespace",
  create() {
    const others = rangesClass([WORD, WHITESPACE].flatMap(parseRanges));
    return preTokenizer(matchedWords(new RegExp(`${rangesPattern(WORD)}+|[^${others}]+`, "gu")), "splits");
  },
};
