import { FaissError } from "./faiss-error.js";

/** Thrown if no index that was tried is good enough and small enough. */
export class TuningError extends FaissError {
  override readonly name = "TuningError";

  /**
   * @param wanted the requested recall
   * @param best the best recall that was reached within the memory; undefined if nothing fits into it
   */
  constructor(
    readonly wanted: number,
    readonly best: number | undefined,
    message: string,
  ) {
    super(message);
  }
}
