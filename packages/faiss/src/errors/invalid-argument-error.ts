import { describeValue } from "@secondpass/core";
import { FaissError } from "./faiss-error.js";

/** Thrown if an argument or option has an invalid value. */
export class InvalidArgumentError extends FaissError {
  override readonly name = "InvalidArgumentError";

  /**
   * @param argument its name, as the caller writes it
   * @param expected what it must be ("a positive integer")
   * @param value what came
   */
  constructor(
    readonly argument: string,
    readonly expected: string,
    readonly value: unknown,
  ) {
    // Labels are bigints, but mean the same as numbers.
    const shown = typeof value === "bigint" ? String(value) : describeValue(value);
    super(`Expected \`${argument}\` to be ${expected}, got ${shown}.`);
  }
}
