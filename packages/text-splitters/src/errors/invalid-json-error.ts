import { SecondpassError } from "@secondpass/core";

/** Thrown for data that is not JSON, or that cannot be split. */
export class InvalidJsonError extends SecondpassError {
  override readonly name = "InvalidJsonError";

  constructor(
    /** Completes "Expected …". */
    readonly expected: string,
    /** Completes "got …". */
    readonly received: string,
    /** What to do about it, as a complete sentence. */
    advice: string,
    options?: ErrorOptions,
  ) {
    super(`Expected ${expected}, got ${received}. ${advice}`, options);
  }
}
