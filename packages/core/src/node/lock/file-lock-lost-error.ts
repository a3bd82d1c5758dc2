import { SecondpassError } from "../../errors/secondpass-error.js";

/** Thrown if another process took the lock over, because this one was paused for too long. Nothing was written. */
export class FileLockLostError extends SecondpassError {
  override readonly name = "FileLockLostError";

  /** @param path the lock file */
  constructor(readonly path: string) {
    super(
      `Another process took the lock ${path} over while this one was paused. Nothing was written; try again.`,
    );
  }
}
