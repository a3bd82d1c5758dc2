import { SecondpassError } from "@secondpass/core";

/** Thrown if the repository's tokenizer is of a kind that this package cannot read. */
export class UnsupportedTokenizerError extends SecondpassError {
  override readonly name = "UnsupportedTokenizerError";

  constructor(
    readonly model: string,
    /** What was found and what to do about it: one or two sentences. */
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`Cannot build the tokenizer of model "${model}": ${problem}`, options);
  }
}
