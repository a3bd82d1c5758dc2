import { describeValue } from "./describe-value.js";
import { SecondpassError } from "./secondpass-error.js";

/**
 * Thrown if an option or an argument has an invalid value.
 *
 * @example
 * throw new InvalidOptionError("topN", "a positive integer", 0); // Expected `topN` to be a positive integer, got 0.
 */
export class InvalidOptionError extends SecondpassError {
  override readonly name: string = "InvalidOptionError";

  /**
   * @param option name of the option, as the caller writes it
   * @param expected what it may be: completes "Expected `option` to be …"
   * @param value the invalid value
   * @param advice what to do about it, as a complete sentence
   */
  constructor(
    readonly option: string,
    readonly expected: string,
    readonly value: unknown,
    advice = "",
  ) {
    super(`Expected \`${option}\` to be ${expected}, got ${describeValue(value)}.${advice && ` ${advice}`}`);
  }
}
