import { FaissError } from "./faiss-error.js";

/** Thrown if a FAISS index file is missing or cannot be read, or has changed while rows are left in it. */
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
