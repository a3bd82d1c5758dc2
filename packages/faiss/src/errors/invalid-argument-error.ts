import { FaissError } from "./faiss-error.js";

/** An argument or option has a value that cannot be meant. */
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
    super(
      `Expected \`${argument}\` to be ${expected}, got ${typeof value === "string" ? `"${value}"` : String(value)}.`,
    );
  }
}
