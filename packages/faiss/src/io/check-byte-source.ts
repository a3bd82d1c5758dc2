import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import type { ByteSource } from "./byte-source.js";

/** @throws InvalidArgumentError if the value is not a ByteSource */
export function checkByteSource(argument: string, value: unknown, expected = "a ByteSource"): void {
  const { size, read } = (value ?? {}) as Partial<ByteSource>;
  if (!Number.isSafeInteger(size) || typeof read !== "function")
    throw new InvalidArgumentError(argument, expected, value);
}
