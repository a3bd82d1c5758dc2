/** Progress of a long operation. */
export interface StoreProgress {
  /**
   * - `embed`: texts embedded
   * - `index`: vectors added to the index
   * - `documents`: documents written, or bytes of the document file read
   * - `vectors`: bytes of the index file read or written
   */
  readonly step: "embed" | "index" | "documents" | "vectors";
  readonly done: number;
  readonly total: number;
}

/** Names of {@link LongOperationOptions}. */
export const LONG_OPERATION_OPTIONS = [
  "signal",
  "onProgress",
] as const satisfies readonly (keyof LongOperationOptions)[];

/** Options of long operations of the store. They work in slices of a few milliseconds. */
export interface LongOperationOptions {
  /** Stops the operation; the promise rejects with the signal's reason, and nothing is changed. */
  readonly signal?: AbortSignal;
  /** Called from time to time with the progress of the operation. */
  readonly onProgress?: (progress: StoreProgress) => void;
}
