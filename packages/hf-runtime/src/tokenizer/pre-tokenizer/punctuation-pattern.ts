import type { TextPattern } from "../pattern/text-pattern.js";
import { PUNCTUATION } from "../unicode/generated/code-point-ranges.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import { oneCharacterPattern } from "./one-character-pattern.js";

/** Builds a pattern that matches one punctuation mark. It has hundreds of ranges, so that only the pre-tokenizers that need it build it. */
export function punctuationPattern(): TextPattern {
  return oneCharacterPattern(rangesPattern(PUNCTUATION));
}
