import { differencesOf } from "./differences-of.js";

/** Normal quantiles: of 1 − 0.05 / 2, for a two-sided test at 5 %, and of 0.8, for a power of 80 %. */
const SIGNIFICANCE_Z = 1.959963984540054;
const POWER_Z = 0.8416212335729143;

/**
 * The number of queries needed to show a difference as large as that between `a` and `b` in four of five tries (a two-sided test at 5 %
 * with a power of 80 %, normal approximation). It is an estimate: with few queries, the true difference may be very different.
 *
 * @param a one value a query
 * @param b values of the other system for the same queries in the same order
 * @returns at least 2; `Infinity` if the mean difference is 0 or there are fewer than two queries
 * @throws {InvalidOptionError} if the two are not lists of numbers of the same length
 */
export function queriesNeeded(a: readonly number[], b: readonly number[]): number {
  const differences = differencesOf(a, b);
  const count = differences.length;
  const mean = differences.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2 || mean === 0) return Number.POSITIVE_INFINITY;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const needed = ((SIGNIFICANCE_Z + POWER_Z) ** 2 * variance) / mean ** 2;
  return Math.max(2, Math.ceil(needed));
}
