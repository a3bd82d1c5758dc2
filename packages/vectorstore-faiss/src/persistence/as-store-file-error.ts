import { FileWriteError, fileErrorAdvice, isSystemError } from "@secondpass/core/node";
import { StoreFileError } from "../errors/store-file-error.js";

/**
 * Converts an error of the operating system to a {@link StoreFileError}; returns any other error unchanged.
 * @param path for errors that name none
 */
export function asStoreFileError(error: unknown, operation: "read" | "write", path: string): unknown {
  if (FileWriteError.isInstance(error)) {
    const { path: place, code, cause } = error;
    const reason = fileErrorAdvice(cause as NodeJS.ErrnoException);
    return new StoreFileError(place, reason, { operation, code, cause });
  }
  if (!isSystemError(error)) return error;
  const { code } = error;
  return new StoreFileError(error.path ?? path, fileErrorAdvice(error), { operation, code, cause: error });
}
