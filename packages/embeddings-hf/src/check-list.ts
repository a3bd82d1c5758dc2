import { InvalidOptionError } from "@secondpass/core";

/** Checks that an argument is an array or a typed array. @throws {InvalidOptionError} */
export function checkList(name: string, value: unknown, expected: string): void {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return;
  throw new InvalidOptionError(name, expected, value);
}
