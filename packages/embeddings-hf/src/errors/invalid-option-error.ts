import { SecondpassError } from "@secondpass/hf-runtime";

/** An option has a value that cannot be meant. */
export class InvalidOptionError extends SecondpassError {
  override readonly name = "InvalidOptionError";

  /**
   * @param option name of the option, as the caller writes it
   * @param expected what it must be ("a positive integer")
   * @param value what came
   */
  constructor(
    readonly option: string,
    readonly expected: string,
    readonly value: unknown,
  ) {
    super(`Expected \`${option}\` to be ${expected}, got ${JSON.stringify(value) ?? String(value)}.`);
  }
}
