import { InvalidOptionError } from "./errors/invalid-option-error.js";

/** @throws {InvalidOptionError} unless it is an integer of at least 1, or Infinity for "all" */
export function checkCount(option: string, value: unknown): number {
  const isCount = typeof value === "number" && (Number.isInteger(value) || value === Infinity) && value >= 1;
  if (!isCount) throw new InvalidOptionError(option, "a positive integer (Infinity for all)", value);
  return value;
}

/** @throws {InvalidOptionError} unless it is a finite number */
export function checkNumber(option: string, value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new InvalidOptionError(option, "a finite number", value);
  }
  return value;
}

/** @throws {InvalidOptionError} unless it is a text of at least one character */
export function checkKey(option: string, value: unknown): string {
  if (typeof value !== "string" || value === "") {
    throw new InvalidOptionError(option, "the name of a metadata field", value);
  }
  return value;
}
