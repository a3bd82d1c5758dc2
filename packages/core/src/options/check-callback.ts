import { checkHasMethod } from "./check-has-method.js";

/**
 * Checks that a required value is a function; `checkFunction` is for optional ones.
 * @param expected completes "Expected `option` to be …"
 * @returns the value
 * @throws {InvalidOptionError} if it is not
 */
export function checkCallback<Value>(option: string, value: Value, expected = "a function"): Value {
  return checkHasMethod(option, value, ["call"], expected);
}
