import { InvalidArgumentError } from "../errors/invalid-argument-error.js";

/** @throws InvalidArgumentError unless `value` is a whole number of at least `minimum`. */
export function checkInteger(argument: string, value: number, minimum: number, maximum?: number): void {
  const fits = Number.isSafeInteger(value) && value >= minimum && (maximum === undefined || value <= maximum);
  if (fits) return;
  const range = maximum === undefined ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
  throw new InvalidArgumentError(argument, `a whole number ${range}`, value);
}
