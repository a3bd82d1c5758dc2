import { FaissError } from "./faiss-error.js";

/** A vector holds NaN or an infinity: its distance to anything would be meaningless. */
export class InvalidVectorError extends FaissError {
  override readonly name = "InvalidVectorError";

  /**
   * @param row which of the given vectors, counted from 0
   * @param column which of its elements
   * @param value NaN or an infinity
   * @param what "vectors" or "queries"
   */
  constructor(
    readonly row: number,
    readonly column: number,
    readonly value: number,
    what: string,
  ) {
    super(
      `Expected finite numbers in ${what}, got ${value} in row ${row}, element ${column}. ` +
        "Check the embedding model's output for this text.",
    );
  }
}
