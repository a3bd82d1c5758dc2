import { SecondpassError } from "@secondpass/core";

/**
 * Thrown if a model computes NaN or an infinity for an input: scores that cannot be ordered, or a vector without a distance to any other.
 * Its weights are damaged, or overflow.
 */
export class NonFiniteResultError extends SecondpassError {
  override readonly name = "NonFiniteResultError";

  constructor(
    readonly model: string,
    /** Kind of input: a pair, which gets scores, or a text, which gets a vector. */
    readonly input: "pair" | "text",
    /** Position of the input in the caller's list, from 0. */
    readonly index: number,
    /** NaN, Infinity or -Infinity. */
    readonly value: number,
  ) {
    const result = input === "pair" ? "scores" : "a vector";
    super(
      `Expected ${result} of finite numbers from ${model} for ${input} ${index}, got ${value}. Its weights are damaged or overflow: ` +
        'download them again, or load the model with dtype "fp32" or another file.',
    );
  }
}
