import { SecondpassError } from "@secondpass/core";

/**
 * Root of all errors that this package and the stores over it throw on purpose; `name` tells the kind.
 *
 * @example
 * try {
 *   await readIndexFile("index.faiss");
 * } catch (error) {
 *   if (FaissError.isInstance(error)) console.error(error.name, error.message);
 *   else throw error;
 * }
 */
export class FaissError extends SecondpassError {
  override readonly name: string = "FaissError";
  /** Which package's errors these are. With it, `isInstance` works across two copies of the package (ESM next to CommonJS). */
  static readonly package = "@secondpass/faiss";
  readonly package = FaissError.package;
}
