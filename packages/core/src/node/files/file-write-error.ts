import { SecondpassError } from "../../errors/secondpass-error.js";
import { fileErrorAdvice } from "./file-error-advice.js";

/** Thrown if a file cannot be written, locked or renamed. The old file, if any, is unchanged. */
export class FileWriteError extends SecondpassError {
  override readonly name = "FileWriteError";
  /** The operating system's code, such as "ENOSPC". */
  readonly code: string;

  /** @param path the file that was to be written */
  constructor(
    readonly path: string,
    cause: NodeJS.ErrnoException,
  ) {
    super(`Cannot write ${path}: ${fileErrorAdvice(cause)}`, { cause });
    this.code = cause.code ?? "unknown";
  }
}
