import { SecondpassError } from "@secondpass/core";

/** Details of an {@link IndexFileError}. */
export interface IndexFileErrorOptions extends ErrorOptions {
  /** The operation that failed. @default "read" */
  readonly operation?: "read" | "write";
  /** The operating system's code, such as "ENOSPC", if the error is the system's. */
  readonly code?: string | undefined;
}

/** Thrown if a saved index is missing, damaged or not an index, or cannot be written. After a failed write, the old index still exists. */
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
