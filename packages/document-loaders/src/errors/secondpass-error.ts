/** Root of every error this package throws on purpose; `name` tells the kind, `isInstance` survives two copies of it. */
export class SecondpassError extends Error {
  override readonly name: string = "SecondpassError";
  /** Marks the class across copies of the package (ESM beside CommonJS), where instanceof fails. */
  readonly secondpass = true;

  static isInstance(error: unknown): error is SecondpassError {
    return error instanceof Error && "secondpass" in error && error.secondpass === true;
  }
}
