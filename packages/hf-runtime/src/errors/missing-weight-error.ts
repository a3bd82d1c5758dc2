import { SecondpassError } from "@secondpass/core";

/** Thrown if the weights lack a tensor that the architecture in config.json needs. */
export class MissingWeightError extends SecondpassError {
  override readonly name = "MissingWeightError";

  constructor(
    readonly weight: string,
    /** Names that were looked for. */
    readonly tried: readonly string[],
    /** Some names of tensors that the weights have. */
    readonly present: readonly string[],
  ) {
    super(
      `Expected a tensor ${tried.map((name) => `"${name}"`).join(" or ")} in the weights, found none. ` +
        `There are ${present
          .slice(0, 4)
          .map((name) => `"${name}"`)
          .join(", ")}… ` +
        "Does config.json belong to these weights, and is the task right (an encoder has no classifier)?",
    );
  }
}
