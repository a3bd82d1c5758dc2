import { categoryRanges, parseRanges, rangesClass } from "../code-point-set.js";
import { OVERLOOKED } from "../generated/code-point-ranges.js";

export type UnicodeForm = "NFC" | "NFD" | "NFKC" | "NFKD";

/** Characters that came after the Unicode of `tokenizers`: left as they are, nothing is sorted or composed across them. */
const LATER = rangesClass([...categoryRanges("Cn"), ...parseRanges(OVERLOOKED)]);
const HAS_LATER = new RegExp(`[${LATER}]`, "u");
const BETWEEN_LATER = new RegExp(`[^${LATER}]+`, "gu");

/**
 * A normalization form as `tokenizers` has it, on every Node: what is assigned in the Unicode of `tokenizers` normalises
 * alike in all later versions, by Unicode's own promise, and what is not stays as it is.
 */
export function unicodeForm(text: string, form: UnicodeForm): string {
  return HAS_LATER.test(text)
    ? text.replace(BETWEEN_LATER, (stretch) => stretch.normalize(form))
    : text.normalize(form);
}
