import { FileWriteError } from "./file-write-error.js";
import { isSystemError } from "./is-system-error.js";

/** Wraps an error of the operating system in a {@link FileWriteError}; returns other errors unchanged. */
export function asWriteError(error: unknown, path: string): unknown {
  return isSystemError(error) ? new FileWriteError(path, error) : error;
}
