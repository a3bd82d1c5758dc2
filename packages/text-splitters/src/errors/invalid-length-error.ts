import { SecondpassError } from "@secondpass/core";

/** Thrown if a `lengthFunction` (or token counter) returns something that is not a length. */
export class InvalidLengthError extends SecondpassError {
  override readonly name = "InvalidLengthError";

  constructor(
    readonly received: unknown,
    /** The text that was measured. */
    readonly text: string,
  ) {
    super(
      `Expected the length function to return a finite number of at least 0, got ${String(received)} ` +
        `for a text of ${text.length} UTF-16 units. Return a count, or a promise of one.`,
    );
  }
}
