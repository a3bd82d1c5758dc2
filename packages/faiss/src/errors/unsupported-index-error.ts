import { FaissError } from "./faiss-error.js";

/** Thrown if a FAISS file is of a kind that this package does not implement. */
export class UnsupportedIndexError extends FaissError {
  override readonly name = "UnsupportedIndexError";

  /**
   * @param kind faiss's class name, or its part that is not supported
   * @param supported faiss's class names of the supported kinds; the last one wraps others
   */
  constructor(
    readonly kind: string,
    supported: readonly string[],
  ) {
    super(
      `${kind} is not supported. Supported: ${supported.slice(0, -1).join(", ")} and ${supported.at(-1)} over these, ` +
        "with L2 or inner product. Convert it with Python's faiss.",
    );
  }
}
