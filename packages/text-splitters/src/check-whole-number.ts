import { InvalidOptionError } from "@secondpass/core";

/** @throws {InvalidOptionError} unless the value is a safe integer of at least 0 */
export function checkWholeNumber(option: string, value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw new InvalidOptionError(option, "a whole number of at least 0", value);
  }
  return value as number;
}
