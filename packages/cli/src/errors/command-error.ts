import { SecondpassError } from "@secondpass/core";

/** Thrown if a command fails for a reason that the user can remove. The program ends with exit code 1. */
export class CommandError extends SecondpassError {
  override readonly name = "CommandError";
}
