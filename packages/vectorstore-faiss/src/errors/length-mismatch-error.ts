import { FaissError } from "@secondpass/faiss";

/** Two lists that go together have different lengths. Nothing was changed. */
export class LengthMismatchError extends FaissError {
  override readonly name = "LengthMismatchError";

  /**
   * @param what the list that does not fit, such as "ids"
   * @param of what it must have one of for each, such as "document"
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
