import { checkNumber, InvalidOptionError } from "@secondpass/core";

/** @throws {InvalidOptionError} if the value is not a list of finite numbers; names the first that is not one */
export function checkNumbers(name: string, values: unknown): asserts values is readonly number[] {
  if (!Array.isArray(values)) throw new InvalidOptionError(name, "a list of numbers", values);
  for (const [i, value] of values.entries()) if (!Number.isFinite(value)) checkNumber(`${name}[${i}]`, value);
}
