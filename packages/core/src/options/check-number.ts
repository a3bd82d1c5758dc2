import { InvalidOptionError } from "../errors/invalid-option-error.js";

/**
 * @returns the value
 * @throws {InvalidOptionError} if it is not a finite number
 */
export function checkNumber(option: string, value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new InvalidOptionError(option, "a finite number", value);
  }
  return value;
}
