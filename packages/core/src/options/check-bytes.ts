import { InvalidOptionError } from "../errors/invalid-option-error.js";
import { adviceFor } from "./check-has-method.js";

/**
 * Checks that a value is a Uint8Array, by its tag: arrays may come from another realm.
 * @returns the value
 * @throws {InvalidOptionError} if it is not
 */
export function checkBytes(option: string, value: unknown): Uint8Array {
  if (Object.prototype.toString.call(value) === "[object Uint8Array]") return value as Uint8Array;
  throw new InvalidOptionError(option, "a Uint8Array", value, adviceFor(value, ""));
}
