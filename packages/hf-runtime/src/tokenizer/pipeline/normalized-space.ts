import type { Normalizer } from "../normalizer/normalizer.js";

/**
 * The normalized form of a space between two letters.
 * @returns undefined if the normalizer needs the whole text
 */
export function normalizedSpace(normalize: Normalizer): string | undefined {
  if (!normalize.canCut) return undefined;
  const letter = normalize("a");
  const both = normalize("a a");
  return both.slice(letter.length, both.length - letter.length);
}
