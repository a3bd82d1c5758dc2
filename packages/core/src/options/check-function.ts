import { InvalidOptionError } from "../errors/invalid-option-error.js";

/**
 * Checks that an option is a function, if it is given.
 * @param expected completes "Expected `option` to be …"
 * @throws {InvalidOptionError} if it is not
 */
export function checkFunction<Value>(option: string, value: Value, expected = "a function"): Value {
  if (value === undefined || typeof value === "function") return value;
  throw new InvalidOptionError(option, expected, value);
}
