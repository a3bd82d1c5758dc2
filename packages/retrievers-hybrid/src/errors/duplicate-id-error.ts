import { describeValue, SecondpassError } from "@secondpass/core";

/** Thrown if an id is given twice, or belongs to an existing document. Nothing was changed. */
export class DuplicateIdError extends SecondpassError {
  override readonly name = "DuplicateIdError";

  /** @param where "in one call" or "in the index", for the message */
  constructor(
    readonly ids: readonly string[],
    where: string,
  ) {
    super(
      `Expected ids that are new, got ${describeValue(ids)} twice ${where}. ` +
        "Give other ids, or pass `upsert: true` to replace existing documents.",
    );
  }
}
