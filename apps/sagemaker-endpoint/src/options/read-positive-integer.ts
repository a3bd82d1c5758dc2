import { UsageError } from "../errors/usage-error.js";

/**
 * Reads a number from a flag or an environment variable.
 *
 * @param name the flag or variable that the text comes from
 * @throws {UsageError} if the text is not an integer of at least 1
 */
export function readPositiveInteger(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new UsageError(`Expected ${name} to be a positive integer, got "${text}".`);
}
