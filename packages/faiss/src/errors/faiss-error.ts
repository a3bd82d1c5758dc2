import { SecondpassError } from "@secondpass/core";

/**
 * Base class of all errors that this package and its stores throw deliberately; `name` is the kind.
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
  /** The package of these errors. With it, `isInstance` works across two copies of the package (ESM next to CommonJS). */
  static readonly package = "@secondpass/faiss";
  readonly package = FaissError.package;
}
