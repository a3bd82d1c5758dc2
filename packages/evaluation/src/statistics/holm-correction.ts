import { InvalidOptionError } from "@secondpass/core";

/**
 * Holm's correction of p-values of several comparisons. If adjusted values below 0.05 count as real differences, the chance of even one false alarm is
 * below 5 %.
 * @param pValues from 0 to 1
 * @returns adjusted p-values in the same order
 * @throws {InvalidOptionError} if it is not a list, or one is not a number from 0 to 1
 */
export function holmCorrection(pValues: readonly number[]): number[] {
  if (!Array.isArray(pValues)) throw new InvalidOptionError("pValues", "a list of numbers", pValues);
  for (const [i, value] of pValues.entries()) {
    if (!(value >= 0 && value <= 1))
      throw new InvalidOptionError(`pValues[${i}]`, "a number from 0 to 1", value);
  }
  const ascending = pValues.map((_, i) => i).sort((i, j) => pValues[i]! - pValues[j]!);
  const adjusted: number[] = new Array(pValues.length);
  let largest = 0;
  for (const [index, i] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - index) * pValues[i]!));
    adjusted[i] = largest;
  }
  return adjusted;
}
