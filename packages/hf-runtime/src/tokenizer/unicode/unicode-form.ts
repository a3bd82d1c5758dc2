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

/** Made when first needed: it takes some milliseconds, which importing the package should not wait for. */
let later: ReturnType<typeof laterPatterns> | undefined;

/**
 * A normalization form as `tokenizers` has it, on every Node. Characters that the Unicode version of `tokenizers` has normalize
 * alike in all later versions, as Unicode promises; later characters stay as they are.
 */
export function unicodeForm(text: string, form: UnicodeForm): string {
  later ??= laterPatterns();
  return later.has.test(text)
    ? text.replace(later.between, (stretch) => stretch.normalize(form))
    : text.normalize(form);
}
