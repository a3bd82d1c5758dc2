import { InvalidOptionError } from "../errors/invalid-option-error.js";

/**
 * Checks a count: a positive integer, or `Infinity` for all.
 * @returns the value
 * @throws {InvalidOptionError} if it is not an integer of at least 1 or Infinity
 */
export function checkCount(option: string, value: unknown): number {
  const isCount = typeof value === "number" && (Number.isInteger(value) || value === Infinity) && value >= 1;
  if (!isCount) throw new InvalidOptionError(option, "a positive integer (Infinity for all)", value);
  return value;
}
