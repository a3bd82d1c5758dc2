import type { TextPattern } from "../pattern/text-pattern.js";
import { PUNCTUATION } from "../unicode/generated/code-point-ranges.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import { oneCharacterPattern } from "./one-character-pattern.js";

/**
 * Matches one punctuation mark. Made by the pre-tokenizers that need it: it has hundreds of ranges, which importing the
 * package should not wait for.
 */
export function punctuationPattern(): TextPattern {
  return oneCharacterPattern(rangesPattern(PUNCTUATION));
}
