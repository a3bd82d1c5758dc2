import { SecondpassError } from "@secondpass/core";

/** Thrown if the words after a command, or an environment variable, are invalid. The program ends with exit code 2. */
export class UsageError extends SecondpassError {
  override readonly name = "UsageError";
}
