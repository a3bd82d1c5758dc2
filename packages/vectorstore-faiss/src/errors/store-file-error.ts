import { FaissError } from "@secondpass/faiss";

/** A file of a saved store is missing, damaged, or not what its name promises. */
export class StoreFileError extends FaissError {
  override readonly name = "StoreFileError";

  constructor(
    readonly path: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`Cannot read the store file ${path}: ${reason}`, options);
  }
}
