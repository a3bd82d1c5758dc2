import { SecondpassError } from "./secondpass-error.js";

/** An option has a value that it cannot have. */
export class InvalidOptionError extends SecondpassError {
  override readonly name = "InvalidOptionError";

  constructor(
    readonly option: string,
    expected: string,
    readonly value: unknown,
  ) {
    super(
      `Expected \`${option}\` to be ${expected}, got ${typeof value === "string" ? `"${value}"` : String(value)}.`,
    );
  }
}
