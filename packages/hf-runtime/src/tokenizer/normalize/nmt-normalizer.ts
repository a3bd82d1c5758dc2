import { rangesPattern } from "../unicode/ranges-pattern.js";

/** What `tokenizers`' Nmt removes, and what it makes spaces of: found by trying every code point on tokenizers 0.23.3. */
const REMOVED = new RegExp(rangesPattern("1-8 b e-1f 7f 8f 9f"), "gu");
const SPACES = new RegExp(rangesPattern("9 a c d 1680 200b-200f 2028 2029 2581 feff fffd"), "gu");

/** `tokenizers`' Nmt normalizer: control characters go, and what stands for white space becomes a space. */
export function nmtNormalize(text: string): string {
  return text.replace(REMOVED, "").replace(SPACES, " ");
}
