/**
 * Root class of all errors that the Secondpass packages throw deliberately. `name` is the name of its class.
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
  /** Marks the class. Copies of this package (ESM next to CommonJS) have different classes, for which `instanceof` fails. */
  readonly secondpass = true;

  /**
   * Whether an error is an instance of the class that this is called on, also if it comes from another copy of the package. On
   * `SecondpassError`: whether it comes from any Secondpass package. On the root class of a package's errors (a class with a static
   * `package`): whether it comes from that package.
   *
   * @example
   * InvalidOptionError.isInstance(error); // error.option is known then
   */
  static isInstance<Class extends abstract new (...args: never[]) => SecondpassError>(
    this: Class,
    error: unknown,
  ): error is InstanceType<Class> {
    // biome-ignore lint/complexity/noThisInStatic: the class that the method is called on may be a subclass.
    return isInstanceOf(this, error);
  }
}

type ErrorClass = (abstract new (...args: never[]) => Error) & { readonly package?: string };
/** Properties that mark an error of any copy of this package. */
type Marked = Error & { readonly secondpass?: unknown; readonly package?: unknown };

function isInstanceOf(called: ErrorClass, error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { secondpass, name, package: owner }: Marked = error;
  if (secondpass !== true) return false;
  if (called === SecondpassError || error instanceof called || name === called.name) return true;
  // Only the root class of a package's errors has this property itself.
  return Object.hasOwn(called, "package") && owner === called.package;
}
