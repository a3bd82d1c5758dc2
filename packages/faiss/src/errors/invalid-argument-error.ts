import { describeValue } from "@secondpass/core";
import { FaissError } from "./faiss-error.js";

/** Thrown if an argument or option has an invalid value. */
export class InvalidArgumentError extends FaissError {
  override readonly name = "InvalidArgumentError";

  /**
   * @param argument its name, as the caller writes it
   * @param expected what it must be ("a positive integer")
   * @param value the value given
   */
  constructor(
    readonly argument: string,
    readonly expected: string,
    readonly value: unknown,
  ) {
    // Show bigints like numbers, since labels may be either.
    const shown = typeof value === "bigint" ? String(value) : describeValue(value);
    super(`Expected \`${argument}\` to be ${expected}, got ${shown}.`);
  }
}
