import { SecondpassError } from "@secondpass/core";

/**
 * Root class of the errors that only this package throws; `name` is the name of the class. `InvalidOptionError` is not one of
 * them: `SecondpassError.isInstance` recognises the errors of all Secondpass packages.
 */
export class CrossEncoderError extends SecondpassError {
  override readonly name: string = "CrossEncoderError";
  /** Name of the package. With it, `isInstance` works across two copies of the package (ESM next to CommonJS). */
  static readonly package = "@secondpass/cross-encoders";
  readonly package = CrossEncoderError.package;
}
