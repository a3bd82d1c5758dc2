import { SecondpassError } from "@secondpass/core";

/** Thrown if a document's metadata contain a value that cannot be saved, such as a regular expression. Nothing was written. */
export class UnsavableValueError extends SecondpassError {
  override readonly name = "UnsavableValueError";

  /**
   * @param path location of the value, such as `metadata.source.pattern`
   * @param problem completes "but it …"
   */
  constructor(
    readonly path: string,
    problem: string,
  ) {
    super(
      `Expected ${path} to be JSON, or a Date, bigint, Map, Set or Uint8Array, to save it, but it ${problem}. Leave it out, or store a text.`,
    );
  }
}
