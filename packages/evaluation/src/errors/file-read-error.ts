import { SecondpassError } from "@secondpass/core";
import { fileErrorAdvice } from "@secondpass/core/node";

/** Thrown if a file is missing or the system cannot read it. */
export class FileReadError extends SecondpassError {
  override readonly name = "FileReadError";
  /** The operating system's code, such as "ENOENT". */
  readonly code: string;

  /** @param path the file */
  constructor(
    readonly path: string,
    cause: NodeJS.ErrnoException,
  ) {
    super(`Cannot read ${path}: ${fileErrorAdvice(cause)}`, { cause });
    this.code = cause.code ?? "unknown";
  }
}
