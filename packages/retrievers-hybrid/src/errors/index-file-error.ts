import { SecondpassError } from "@secondpass/core";

/** What an {@link IndexFileError} tells besides path and reason. */
export interface IndexFileErrorOptions extends ErrorOptions {
  /** What was to be done with the file. @default "read" */
  readonly operation?: "read" | "write";
  /** The operating system's code, such as "ENOSPC", if the error is the system's. */
  readonly code?: string | undefined;
}

/** A saved index is missing, damaged or not one, or cannot be written: what was saved before is still there then. */
export class IndexFileError extends SecondpassError {
  override readonly name = "IndexFileError";
  /** The operating system's code, such as "ENOENT" or "ENOSPC"; undefined if the error is not the system's. */
  readonly code: string | undefined;

  constructor(
    readonly path: string,
    reason: string,
    { operation = "read", code, ...options }: IndexFileErrorOptions = {},
  ) {
    super(`Cannot ${operation} the index file ${path}: ${reason}`, options);
    this.code = code;
  }
}
