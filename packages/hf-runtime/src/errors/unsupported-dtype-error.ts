import { SecondpassError } from "@secondpass/core";

/** Thrown if the requested number format does not apply to the kind of model. */
export class UnsupportedDtypeError extends SecondpassError {
  override readonly name = "UnsupportedDtypeError";

  constructor(
    readonly model: string,
    readonly dtype: string,
    why: string,
  ) {
    super(`Cannot load ${model} with dtype "${dtype}": ${why}`);
  }
}
