import { SecondpassError } from "@secondpass/core";

/**
 * Root class of the errors that only this package throws; `name` is the name of the class. `InvalidOptionError` is not one of
 * them: `SecondpassError.isInstance` recognises the errors of all Secondpass packages.
 */
export class CompressionError extends SecondpassError {
  override readonly name: string = "CompressionError";
  /** Name of the package. With it, `isInstance` works across two copies of the package (ESM next to CommonJS). */
  static readonly package = "@secondpass/retrievers-compression";
  readonly package = CompressionError.package;
}
