import { FaissError } from "./faiss-error.js";

/** Thrown if a FAISS index file is missing or cannot be read, or has changed while an index still reads rows from it. */
export class IndexFileError extends FaissError {
  override readonly name = "IndexFileError";

  constructor(
    readonly path: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`Cannot read the FAISS index file ${path}: ${reason}`, options);
  }
}
