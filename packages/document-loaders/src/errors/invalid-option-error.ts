import { SecondpassError } from "./secondpass-error.js";

/** An option of a loader that nothing could be loaded with. */
export class InvalidOptionError extends SecondpassError {
  override readonly name = "InvalidOptionError";

  /** @param expected what the option may be: completes "Expected `option` to be …" */
  constructor(
    readonly option: string,
    expected: string,
    readonly received: unknown,
  ) {
    const shown = typeof received === "string" ? JSON.stringify(received) : String(received);
    super(`Expected \`${option}\` to be ${expected}, got ${shown}.`);
  }
}
