import { FaissError } from "./faiss-error.js";

/** Thrown if a kind of index does not have an operation. */
export class UnsupportedOperationError extends FaissError {
  override readonly name = "UnsupportedOperationError";

  /**
   * @param kind the index's kind, faiss's class name
   * @param operation the method that was called
   * @param advice what to do instead
   */
  constructor(
    readonly kind: string,
    readonly operation: string,
    advice: string,
  ) {
    super(`${kind} does not support ${operation}. ${advice}`);
  }
}
