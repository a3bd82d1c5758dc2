import { categoryRanges } from "./category-ranges.js";
import { type CodePointRanges, parseRanges } from "./code-point-ranges.js";
import { ALPHABETIC, OTHER_LOWERCASE, OTHER_UPPERCASE, WHITESPACE } from "./generated/code-point-ranges.js";

/**
 * Code points of a property as `\p{…}` names it, in the Unicode version of Oniguruma.
 * @returns undefined if the generated tables lack the property
 */
export function propertyRanges(name: string): CodePointRanges | undefined {
  if (name === "White_Space") return parseRanges(WHITESPACE);
  if (name === "Alphabetic") return parseRanges(ALPHABETIC);
  if (name === "Uppercase") return [...categoryRanges("Lu"), ...parseRanges(OTHER_UPPERCASE)];
  if (name === "Lowercase") return [...categoryRanges("Ll"), ...parseRanges(OTHER_LOWERCASE)];
  if (!/^[CLMNPSZ][a-z]?$/.test(name)) return undefined;
  const ranges = categoryRanges(name);
  return ranges.length > 0 ? ranges : undefined;
}
