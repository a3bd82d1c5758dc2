import { SecondpassError } from "../../errors/secondpass-error.js";

/** Thrown if another process holds a lock file and the caller does not want to wait. */
export class FileLockedError extends SecondpassError {
  override readonly name = "FileLockedError";

  /**
   * @param path the lock file
   * @param holder who holds it, such as "process 123 on host"
   */
  constructor(
    readonly path: string,
    readonly holder: string,
  ) {
    const subject = holder.charAt(0).toUpperCase() + holder.slice(1);
    super(
      `${subject} holds the lock ${path}. Try again after it has finished; the lock of a process that has died is taken over.`,
    );
  }
}
