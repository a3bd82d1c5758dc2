import { SecondpassError } from "@secondpass/core";

/** Thrown if a maximum length in tokens leaves no room for any text. */
export class MaxLengthError extends SecondpassError {
  override readonly name = "MaxLengthError";

  constructor(
    readonly maxLength: number,
    /** Tokens of the input that cannot be cut: special tokens, and the query of a pair. */
    readonly neededTokens: number,
    needed: string,
  ) {
    super(
      `Expected a maxLength above ${neededTokens} tokens (${needed}), got ${maxLength}. ` +
        "Give a larger maxLength, or none to use the model's own limit.",
    );
  }
}
