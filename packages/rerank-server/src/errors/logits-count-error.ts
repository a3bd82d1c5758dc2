import { SecondpassError } from "@secondpass/core";

/** Thrown if the number of a model's rows of logits differs from the number of pairs. */
export class LogitsCountError extends SecondpassError {
  override readonly name = "LogitsCountError";

  constructor(
    readonly pairs: number,
    readonly rows: number,
  ) {
    super(`Expected ${pairs} rows of logits for ${pairs} pairs, got ${rows}. The model breaks its contract.`);
  }
}
