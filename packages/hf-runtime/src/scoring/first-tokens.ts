import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";

/** Characters of the longest tokens in usual texts. The search begins with this many characters for each token. */
const LONGEST_TOKEN = 16;

/** The longest start of a text that has at most `most` tokens. */
export function firstTokens(tokenizer: Pick<TextTokenizer, "count">, text: string, most: number): string {
  const count = (length: number) =>
    tokenizer.count(text.slice(0, length), undefined, { addSpecialTokens: false });
  let fits = 0;
  let exceeds = Math.min(text.length, most * LONGEST_TOKEN);
  while (count(exceeds) <= most) {
    if (exceeds === text.length) return text;
    fits = exceeds;
    exceeds = Math.min(text.length, exceeds * 2);
  }
  while (exceeds - fits > 1) {
    const middle = Math.floor((fits + exceeds) / 2);
    if (count(middle) <= most) fits = middle;
    else exceeds = middle;
  }
  // Do not split a surrogate pair, which is one character.
  const isSplit = /[\uD800-\uDBFF]$/.test(text.slice(0, fits));
  return text.slice(0, isSplit ? fits - 1 : fits);
}
