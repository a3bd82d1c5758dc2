import { SecondpassError } from "@secondpass/core";

/**
 * Root of the errors that only this package throws; `name` tells the kind. `InvalidOptionError` is not one of them:
 * `SecondpassError.isInstance` recognises the errors of all Secondpass packages.
 */
export class CompressionError extends SecondpassError {
  override readonly name: string = "CompressionError";
  /** Which package's errors these are. Works across two copies of it (ESM next to CommonJS), for which `instanceof` fails. */
  readonly package = "@secondpass/retrievers-compression";

  static override isInstance(error: unknown): error is CompressionError {
    return (
      error instanceof Error && "package" in error && error.package === "@secondpass/retrievers-compression"
    );
  }
}
