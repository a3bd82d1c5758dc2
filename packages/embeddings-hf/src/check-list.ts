import { InvalidOptionError } from "@secondpass/core";

/** Checks that an argument is an array or a typed array. @throws {InvalidOptionError} */
export function checkList(
  name: string,
  value: unknown,
  expected: string,
): asserts value is ArrayLike<unknown> {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return;
  throw new InvalidOptionError(name, expected, value);
}

/** Checks that an argument is an array or a typed array of numbers. @throws {InvalidOptionError} names the first item that is not one */
export function checkNumbers(name: string, value: unknown, expected: string): void {
  checkList(name, value, expected);
  for (let i = 0; i < value.length; i++)
    if (typeof value[i] !== "number") throw new InvalidOptionError(`${name}[${i}]`, "a number", value[i]);
}

/** Checks that an argument is a list of vectors. @throws {InvalidOptionError} names the first item that is not one */
export function checkVectors(name: string, value: unknown, expected: string): void {
  checkList(name, value, expected);
  for (let i = 0; i < value.length; i++) checkNumbers(`${name}[${i}]`, value[i], "a list of numbers");
}
