import { FaissError } from "@secondpass/faiss";

/** Thrown if the index and the documents of a store do not belong together. */
export class StoreMismatchError extends FaissError {
  override readonly name = "StoreMismatchError";

  constructor(reason: string) {
    super(`The index and the documents do not fit together: ${reason}`);
  }
}
