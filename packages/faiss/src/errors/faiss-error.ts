/**
 * Root of every error this package throws on purpose; `name` tells the kind. It carries the `secondpass` marker of all
 * Secondpass packages, so `SecondpassError.isInstance` of `@secondpass/hf-runtime` recognises it too.
 */
export class FaissError extends Error {
  override readonly name: string = "FaissError";
  readonly secondpass = true;
  /** Which package's errors these are; survives two copies of it (ESM beside CommonJS), where instanceof fails. */
  readonly package = "@secondpass/faiss";

  static isInstance(error: unknown): error is FaissError {
    return error instanceof Error && "package" in error && error.package === "@secondpass/faiss";
  }
}
