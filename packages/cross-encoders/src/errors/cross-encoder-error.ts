import { SecondpassError } from "@secondpass/core";

/**
 * Root of the errors that only this package throws; `name` tells the kind. `InvalidOptionError` is not one of them:
 * `SecondpassError.isInstance` recognises the errors of all Secondpass packages.
 */
export class CrossEncoderError extends SecondpassError {
  override readonly name: string = "CrossEncoderError";
  /** Which package's errors these are. With it, `isInstance` works across two copies of the package (ESM next to CommonJS). */
  static readonly package = "@secondpass/cross-encoders";
  readonly package = CrossEncoderError.package;
}
