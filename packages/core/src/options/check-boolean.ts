import { InvalidOptionError } from "../errors/invalid-option-error.js";

/**
 * @returns the value
 * @throws {InvalidOptionError} if it is neither true nor false
 */
export function checkBoolean(option: string, value: unknown): boolean {
  if (typeof value !== "boolean") throw new InvalidOptionError(option, "true or false", value);
  return value;
}
