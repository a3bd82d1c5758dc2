import { FaissError } from "@secondpass/faiss";

/** Thrown if two lists that belong together have different lengths. Nothing was changed. */
export class LengthMismatchError extends FaissError {
  override readonly name = "LengthMismatchError";

  /**
   * @param what the list of the wrong length, such as "ids"
   * @param of the list must have one item for each of these, such as "document"
   */
  constructor(
    readonly what: string,
    readonly expected: number,
    readonly actual: number,
    of: string,
  ) {
    super(`Expected ${expected} ${what}, one for each ${of}, got ${actual}.`);
  }
}
