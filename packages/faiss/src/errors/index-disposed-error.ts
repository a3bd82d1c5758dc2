import { FaissError } from "./faiss-error.js";

/** Thrown if an index is used after it was disposed. Also by work that was going on then and needs the index to go on. */
export class IndexDisposedError extends FaissError {
  override readonly name = "IndexDisposedError";

  /** @param kind faiss's class name */
  constructor(readonly kind: string) {
    super(`This ${kind} has been disposed and cannot be used again. Read or build it anew.`);
  }
}
