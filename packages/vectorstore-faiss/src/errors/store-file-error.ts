import { FaissError } from "@secondpass/faiss";

/** What a {@link StoreFileError} tells besides path and reason. */
export interface StoreFileErrorOptions extends ErrorOptions {
  /** What was to be done with the file. @default "read" */
  readonly operation?: "read" | "write";
  /** The operating system's code, such as "ENOSPC", if the error is the system's. */
  readonly code?: string | undefined;
}

/** A file of a saved store is missing, damaged or not what its name promises, or the operating system cannot read or write it. */
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
