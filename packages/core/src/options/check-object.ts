import { InvalidOptionError } from "../errors/invalid-option-error.js";
import { adviceFor } from "./check-has-method.js";

/**
 * Checks that a value is an object with properties. Null, arrays and Promises are invalid.
 * @param expected completes "Expected `option` to be …"
 * @throws {InvalidOptionError} if it is not
 */
export function checkObject(option: string, value: unknown, expected = "an object"): void {
  const advice = adviceFor(value, "");
  if (typeof value === "object" && value !== null && !Array.isArray(value) && advice === "") return;
  throw new InvalidOptionError(option, expected, value, advice);
}
