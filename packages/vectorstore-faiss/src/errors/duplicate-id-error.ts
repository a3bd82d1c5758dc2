import { FaissError } from "@secondpass/faiss";
import { listIds } from "./list-ids.js";

/** Thrown if an id is given twice, or belongs to a stored document. Nothing was changed. */
export class DuplicateIdError extends FaissError {
  override readonly name = "DuplicateIdError";

  /** @param where "in one call" or "in the store", for the message */
  constructor(
    readonly ids: readonly string[],
    where: string,
  ) {
    super(
      `Expected ids that are new, got ${listIds(ids)} twice ${where}. ` +
        "Give other ids, or pass `upsert: true` to replace stored documents.",
    );
  }
}
