import { FaissError } from "./faiss-error.js";

/** Thrown if bytes are not a FAISS index file, or are a damaged one. */
export class FaissFormatError extends FaissError {
  override readonly name = "FaissFormatError";

  /**
   * @param problem what was expected and what was found, as a whole sentence
   * @param offset byte of the file at which the problem is
   */
  constructor(
    problem: string,
    readonly offset: number,
  ) {
    super(`Not a readable FAISS index (byte ${offset}): ${problem}`);
  }
}
