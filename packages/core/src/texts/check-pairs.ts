import { InvalidOptionError } from "../errors/invalid-option-error.js";
import type { TextPair } from "./text-pair.js";

const PAIR = "two strings, [query, text]";

/**
 * Checks that an argument is a list of pairs of texts.
 * @throws {InvalidOptionError} names the first item that is not a pair, such as `pairs[2]`
 */
export function checkPairs(pairs: unknown, name = "pairs"): asserts pairs is readonly TextPair[] {
  if (!Array.isArray(pairs)) throw new InvalidOptionError(name, `an array of ${PAIR}`, pairs);
  for (const [index, pair] of pairs.entries()) {
    const isPair = Array.isArray(pair) && pair.length === 2;
    if (!isPair || typeof pair[0] !== "string" || typeof pair[1] !== "string") {
      throw new InvalidOptionError(`${name}[${index}]`, PAIR, pair);
    }
  }
}
