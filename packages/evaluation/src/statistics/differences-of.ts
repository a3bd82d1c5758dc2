import { InvalidOptionError } from "@secondpass/core";
import { checkNumbers } from "./check-numbers.js";

/**
 * Differences `a[i] - b[i]`.
 * @throws {InvalidOptionError} if the two are not lists of numbers of the same length
 */
export function differencesOf(a: readonly number[], b: readonly number[]): Float64Array {
  checkNumbers("a", a);
  checkNumbers("b", b);
  if (a.length !== b.length) {
    throw new InvalidOptionError(
      "b",
      `a list of ${a.length} numbers, one for each of \`a\``,
      b,
      "Both lists are values of the same queries in the same order.",
    );
  }
  return Float64Array.from(a, (value, i) => value - b[i]!);
}
