/**
 * Root of all errors that the Secondpass packages throw on purpose. `name` tells the kind.
 *
 * @example
 * try {
 *   await model.score(pairs);
 * } catch (error) {
 *   if (SecondpassError.isInstance(error)) console.error(error.name, error.message);
 *   else throw error;
 * }
 */
export class SecondpassError extends Error {
  override readonly name: string = "SecondpassError";
  /** Marks the class across copies of this package (ESM next to CommonJS), for which `instanceof` fails. */
  readonly secondpass = true;

  /** Whether an error is a Secondpass package's, also if it comes from another copy of this package. */
  static isInstance(error: unknown): error is SecondpassError {
    return error instanceof Error && "secondpass" in error && error.secondpass === true;
  }
}
