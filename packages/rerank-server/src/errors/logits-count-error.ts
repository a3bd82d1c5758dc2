import { SecondpassError } from "@secondpass/core";

/** Thrown if a model returns another number of rows of logits than it got pairs. */
export class LogitsCountError extends SecondpassError {
  override readonly name = "LogitsCountError";

  constructor(
    readonly pairs: number,
    readonly rows: number,
  ) {
    super(`Expected ${pairs} rows of logits for ${pairs} pairs, got ${rows}. The model breaks its contract.`);
  }
}
