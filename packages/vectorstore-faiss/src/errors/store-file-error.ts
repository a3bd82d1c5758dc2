import { FaissError } from "@secondpass/faiss";

/** Details of a {@link StoreFileError} besides path and reason. */
export interface StoreFileErrorOptions extends ErrorOptions {
  /** The operation that failed. @default "read" */
  readonly operation?: "read" | "write";
  /** The operating system's code, such as "ENOSPC", if the error is the system's. */
  readonly code?: string | undefined;
}

/** Thrown if a file of a saved store is missing, damaged or of another format, or if the operating system cannot read or write it. */
export class StoreFileError extends FaissError {
  override readonly name = "StoreFileError";
  /** The operating system's code, such as "ENOENT" or "ENOSPC"; undefined if the error is not the system's. */
  readonly code: string | undefined;

  constructor(
    readonly path: string,
    reason: string,
    { operation = "read", code, ...options }: StoreFileErrorOptions = {},
  ) {
    super(`Cannot ${operation} the store file ${path}: ${reason}`, options);
    this.code = code;
  }
}
