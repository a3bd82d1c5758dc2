import { FaissError } from "./faiss-error.js";

/** Thrown if a row-major array does not hold whole vectors of the index's dimensions. */
export class DimensionMismatchError extends FaissError {
  override readonly name = "DimensionMismatchError";

  /**
   * @param dimensions dimensions of the index
   * @param length number of floats given
   * @param what "vectors" or "queries"
   */
  constructor(
    readonly dimensions: number,
    readonly length: number,
    what: string,
  ) {
    super(
      `Expected ${what} as whole rows of ${dimensions} floats, got ${length} floats. ` +
        "Was this index built with another embedding model?",
    );
  }
}
