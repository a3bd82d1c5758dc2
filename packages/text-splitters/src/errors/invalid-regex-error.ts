import { SecondpassError } from "@secondpass/core";

/** Thrown for a separator pattern that is invalid in Python's `re`, or that JavaScript's RegExp cannot express. */
export class InvalidRegexError extends SecondpassError {
  override readonly name = "InvalidRegexError";

  constructor(
    /** The pattern as the caller wrote it. */
    readonly pattern: string,
    reason: string,
    /** Position in the pattern, in UTF-16 units, if known. */
    readonly position?: number,
    options?: ErrorOptions,
  ) {
    const where = position === undefined ? "" : ` at position ${position}`;
    super(
      `Expected ${JSON.stringify(pattern)} to be a regular expression of Python's re syntax, got ${reason}${where}. ` +
        "Correct the pattern, or leave `isSeparatorRegex` out to split at the literal text.",
      options,
    );
  }
}
