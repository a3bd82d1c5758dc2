/**
 * Root of every error this package throws on purpose; `name` tells the kind. It carries the `secondpass` marker of all
 * Secondpass packages.
 */
export class CompressionError extends Error {
  override readonly name: string = "CompressionError";
  readonly secondpass = true;
  /** Which package's errors these are; survives two copies of it (ESM beside CommonJS), where instanceof fails. */
  readonly package = "@secondpass/retrievers-compression";

  static isInstance(error: unknown): error is CompressionError {
    return (
      error instanceof Error && "package" in error && error.package === "@secondpass/retrievers-compression"
    );
  }
}
