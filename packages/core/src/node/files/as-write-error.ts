import { FileWriteError } from "./file-write-error.js";
import { isSystemError } from "./is-system-error.js";

/** An error of the operating system as a {@link FileWriteError}; any other as it is. */
export function asWriteError(error: unknown, path: string): unknown {
  return isSystemError(error) ? new FileWriteError(path, error) : error;
}
