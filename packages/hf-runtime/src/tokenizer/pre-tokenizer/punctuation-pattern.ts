import { PUNCTUATION } from "../unicode/generated/code-point-ranges.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";

/**
 * Matches one punctuation mark. Made by the pre-tokenizers that need it: it has hundreds of ranges, which importing the
 * package should not wait for.
 */
export function punctuationPattern(): RegExp {
  return new RegExp(rangesPattern(PUNCTUATION), "gu");
}
