import { SecondpassError } from "./secondpass-error.js";

/** An option (or argument) of a splitter that no text could be split with. Thrown by constructors, before any text. */
export class InvalidOptionError extends SecondpassError {
  override readonly name = "InvalidOptionError";

  /**
   * @param option name of the option, as the caller writes it
   * @param expected what it may be: completes "Expected `option` to be …"
   * @param received what came
   * @param advice what to do about it
   */
  constructor(
    readonly option: string,
    expected: string,
    readonly received: unknown,
    advice = "",
  ) {
    super(`Expected \`${option}\` to be ${expected}, got ${show(received)}.${advice && ` ${advice}`}`);
  }
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return String(value);
}
