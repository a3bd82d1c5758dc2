import { SecondpassError } from "../../errors/secondpass-error.js";

/** Thrown to a process that stood still for so long that another took its lock over. What it was about to write is dropped. */
export class FileLockLostError extends SecondpassError {
  override readonly name = "FileLockLostError";

  /** @param path the lock file */
  constructor(readonly path: string) {
    super(
      `Another process took the lock ${path} over while this one stood still. Nothing was written; try again.`,
    );
  }
}
