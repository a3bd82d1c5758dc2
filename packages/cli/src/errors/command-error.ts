import { SecondpassError } from "@secondpass/core";

/** Thrown if a command cannot do what it is told, for a reason that the user can remove. The program leaves with 1. */
export class CommandError extends SecondpassError {
  override readonly name = "CommandError";
}
