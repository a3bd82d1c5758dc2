import { InvalidArgumentError } from "../errors/invalid-argument-error.js";

/** @throws InvalidArgumentError if `value` is not a whole number from `minimum` to `maximum`. */
export function checkInteger(argument: string, value: number, minimum: number, maximum?: number): void {
  const fits = Number.isSafeInteger(value) && value >= minimum && (maximum === undefined || value <= maximum);
  if (fits) return;
  const range = maximum === undefined ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
  throw new InvalidArgumentError(argument, `a whole number ${range}`, value);
}
