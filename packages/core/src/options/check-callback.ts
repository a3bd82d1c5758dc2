import { checkHasMethod } from "./check-has-method.js";

/**
 * Checks that a value is a function, which must be given; `checkFunction` is for those that may be left out.
 * @param expected completes "Expected `option` to be …"
 * @returns the value
 * @throws {InvalidOptionError} if it is something else
 */
export function checkCallback<Value>(option: string, value: Value, expected = "a function"): Value {
  return checkHasMethod(option, value, ["call"], expected);
}
