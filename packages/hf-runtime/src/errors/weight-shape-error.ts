import { SecondpassError } from "@secondpass/core";

/** Thrown if a tensor has another shape or element type than the architecture in config.json needs. */
export class WeightShapeError extends SecondpassError {
  override readonly name = "WeightShapeError";

  constructor(
    readonly weight: string,
    readonly expected: string,
    readonly actual: string,
  ) {
    super(
      `Expected weight "${weight}" to be ${expected}, got ${actual}. Does config.json belong to these weights?`,
    );
  }
}
