import type { TextPair } from "./contracts/cross-encoder.js";
import { InvalidOptionError } from "./errors/invalid-option-error.js";

/**
 * Refuses what is no list of texts, before any of it is computed.
 * @throws InvalidOptionError that names the first that is none
 */
export function checkTexts(texts: readonly string[]): void {
  if (!Array.isArray(texts)) throw new InvalidOptionError("texts", "an array of strings", texts);
  for (const [index, text] of texts.entries()) checkText(text, `texts[${index}]`);
}

/**
 * Refuses what is no list of pairs.
 * @throws InvalidOptionError that names the first that is none
 */
export function checkPairs(pairs: readonly TextPair[]): void {
  const expected = "two strings, [query, text]";
  if (!Array.isArray(pairs)) throw new InvalidOptionError("pairs", `an array of ${expected}`, pairs);
  for (const [index, pair] of pairs.entries()) {
    const isPair = Array.isArray(pair) && pair.length === 2;
    if (!isPair || typeof pair[0] !== "string" || typeof pair[1] !== "string") {
      throw new InvalidOptionError(`pairs[${index}]`, expected, pair);
    }
  }
}

/** @throws InvalidOptionError */
export function checkText(text: string, name: string): void {
  if (typeof text !== "string") throw new InvalidOptionError(name, "a string", text);
}
