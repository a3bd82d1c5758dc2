import { FaissError } from "./faiss-error.js";

/** Thrown if an index is used after it was disposed, also by work in progress that still needs the index. */
export class IndexDisposedError extends FaissError {
  override readonly name = "IndexDisposedError";

  /** @param kind faiss's class name */
  constructor(readonly kind: string) {
    super(`This ${kind} has been disposed and cannot be used again. Read or build it again.`);
  }
}
