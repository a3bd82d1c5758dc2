import { SecondpassError } from "@secondpass/core";

/** A maximum length in tokens that leaves no room for any text. */
export class MaxLengthError extends SecondpassError {
  override readonly name = "MaxLengthError";

  constructor(
    readonly maxLength: number,
    /** What the input takes before any of the text that may be cut: special tokens, or the query of a pair. */
    readonly neededTokens: number,
    needed: string,
  ) {
    super(
      `Expected a maxLength above ${neededTokens} tokens (${needed}), got ${maxLength}. ` +
        "Give a larger maxLength, or none to use the model's own limit.",
    );
  }
}
