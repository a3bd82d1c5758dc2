import { categoryRanges } from "./category-ranges.js";
import { parseRanges } from "./code-point-ranges.js";
import { OVERLOOKED } from "./generated/code-point-ranges.js";
import { rangesClass } from "./ranges-pattern.js";

export type UnicodeForm = "NFC" | "NFD" | "NFKC" | "NFKD";

/** Characters that came after the Unicode of `tokenizers`: left as they are, nothing is sorted or composed across them. */
function laterPatterns() {
  const later = rangesClass([...categoryRanges("Cn"), ...parseRanges(OVERLOOKED)]);
  return { has: new RegExp(`[${later}]`, "u"), between: new RegExp(`[^${later}]+`, "gu") };
}

/** Made when first needed: it takes some milliseconds, which not everyone who imports the package should wait for. */
let later: ReturnType<typeof laterPatterns> | undefined;

/**
 * A normalization form as `tokenizers` has it, on every Node: what is assigned in the Unicode of `tokenizers` normalises
 * alike in all later versions, by Unicode's own promise, and what is not stays as it is.
 */
export function unicodeForm(text: string, form: UnicodeForm): string {
  later ??= laterPatterns();
  return later.has.test(text)
    ? text.replace(later.between, (stretch) => stretch.normalize(form))
    : text.normalize(form);
}
