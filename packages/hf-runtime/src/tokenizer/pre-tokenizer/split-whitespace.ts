import { WHITESPACE } from "../unicode/generated/code-point-ranges.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";

const SPACES = new RegExp(`${rangesPattern(WHITESPACE)}+`, "gu");

/** The words between white space, none of them empty. */
export function splitWhitespace(text: string): string[] {
  return text.split(SPACES).filter((word) => word !== "");
}
