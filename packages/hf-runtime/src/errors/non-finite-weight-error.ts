import { SecondpassError } from "@secondpass/core";

/** Thrown if weights that will be rounded to int8 hold NaN or an infinity. Rounding would hide it and give plausible numbers. */
export class NonFiniteWeightError extends SecondpassError {
  override readonly name = "NonFiniteWeightError";

  constructor(
    readonly weight: string,
    /** Position in the tensor, row by row, from 0. */
    readonly index: number,
    /** NaN, Infinity or -Infinity. */
    readonly value: number,
    /** Path of the weights file. */
    readonly file: string,
  ) {
    super(
      `Expected weight "${weight}" to hold finite numbers, got ${value} at position ${index} of ${file}. The weights are damaged or ` +
        "overflowed when they were saved: download them again, or choose another model.",
    );
  }
}
