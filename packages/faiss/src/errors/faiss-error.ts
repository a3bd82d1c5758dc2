import { SecondpassError } from "@secondpass/core";

const PACKAGE = "@secondpass/faiss";

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
  /** Marks the class across copies of this package (ESM next to CommonJS), for which `instanceof` fails. */
  readonly package = PACKAGE;

  /** Whether an error is of this package or of a store over it, also if it comes from another copy of them. */
  static override isInstance(error: unknown): error is FaissError {
    return error instanceof Error && "package" in error && error.package === PACKAGE;
  }
}
