import { checkNumber, InvalidOptionError } from "@secondpass/core";

/**
 * Differences `a[i] - b[i]`.
 * @throws {InvalidOptionError} if the two are not lists of numbers of the same length
 */
export function differencesOf(a: readonly number[], b: readonly number[]): Float64Array {
  for (const [name, values] of [
    ["a", a],
    ["b", b],
  ] as const) {
    if (!Array.isArray(values)) throw new InvalidOptionError(name, "a list of numbers", values);
    for (const [i, value] of values.entries()) checkNumber(`${name}[${i}]`, value);
  }
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
