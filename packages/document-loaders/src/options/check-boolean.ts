import { InvalidOptionError } from "@secondpass/core";

/** @throws {InvalidOptionError} if a value is neither true, false nor undefined */
export function checkBoolean(option: string, value: unknown): void {
  if (value !== undefined && typeof value !== "boolean") {
    throw new InvalidOptionError(option, "true or false", value);
  }
}
