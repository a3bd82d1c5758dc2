import { InvalidOptionError } from "@secondpass/core";

/**
 * Checks that a value is the name of a metadata field.
 * @returns the name
 * @throws {InvalidOptionError} if it is not a string of at least one character
 */
export function checkKey(option: string, value: unknown): string {
  if (typeof value !== "string" || value === "") {
    throw new InvalidOptionError(option, "the name of a metadata field", value);
  }
  return value;
}
