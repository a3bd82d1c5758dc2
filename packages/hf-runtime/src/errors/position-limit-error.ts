import { SecondpassError } from "@secondpass/core";

/** Thrown if `maxLength` is more than the number of positions that the model has. */
export class PositionLimitError extends SecondpassError {
  override readonly name = "PositionLimitError";

  constructor(
    readonly model: string,
    readonly maxLength: number,
    /** Longest input that the model has positions for, in tokens, special tokens counted. */
    readonly limit: number,
  ) {
    super(
      `Expected a maxLength of at most ${limit} tokens, the positions that ${model} has, got ${maxLength}. ` +
        "Give a smaller maxLength, or none to use the model's own limit.",
    );
  }
}
