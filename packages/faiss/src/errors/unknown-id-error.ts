import { FaissError } from "./faiss-error.js";

/** Thrown if no vector has an id. */
export class UnknownIdError extends FaissError {
  override readonly name = "UnknownIdError";

  constructor(readonly id: bigint) {
    super(`Expected the id of a stored vector, got ${id}.`);
  }
}
