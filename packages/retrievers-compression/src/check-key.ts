import { InvalidOptionError } from "@secondpass/core";

/**
 * @returns the name of a metadata field
 * @throws {InvalidOptionError} if it is not a string of at least one character
 */
export function checkKey(option: string, value: unknown): string {
  if (typeof value !== "string" || value === "") {
    throw new InvalidOptionError(option, "the name of a metadata field", value);
  }
  return value;
}
