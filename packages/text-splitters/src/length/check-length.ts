import { InvalidLengthError } from "../errors/invalid-length-error.js";

/**
 * @returns the length
 * @throws {InvalidLengthError} if it is not a finite number of at least 0
 */
export function checkLength(length: number, text: string): number {
  if (Number.isFinite(length) && length >= 0) return length;
  throw new InvalidLengthError(length, text);
}
