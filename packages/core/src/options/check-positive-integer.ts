import { InvalidOptionError } from "../errors/invalid-option-error.js";

/**
 * @returns the value
 * @throws {InvalidOptionError} if it is not an integer of at least 1
 */
export function checkPositiveInteger(option: string, value: unknown): number {
  if (!(Number.isInteger(value) && (value as number) >= 1)) {
    throw new InvalidOptionError(option, "a positive integer", value);
  }
  return value as number;
}
