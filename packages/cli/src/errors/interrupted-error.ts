import { SecondpassError } from "@secondpass/core";

/** Thrown if the user, or the system, ended a command. */
export class InterruptedError extends SecondpassError {
  override readonly name = "InterruptedError";

  /** @param exitCode 130 for Ctrl-C, 143 for SIGTERM */
  constructor(readonly exitCode: number) {
    super("Interrupted.");
  }
}
