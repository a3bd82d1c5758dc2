import { FaissError } from "./faiss-error.js";

/** Thrown if a vector has NaN or an infinity: its distances would be meaningless. */
export class InvalidVectorError extends FaissError {
  override readonly name = "InvalidVectorError";

  /**
   * @param row index of the vector, from 0
   * @param column index of the element, from 0
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
