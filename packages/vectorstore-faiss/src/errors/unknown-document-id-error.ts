import { FaissError } from "@secondpass/faiss";
import { listIds } from "./list-ids.js";

/** Documents were to be deleted that the store does not hold. Nothing was changed. */
export class UnknownDocumentIdError extends FaissError {
  override readonly name = "UnknownDocumentIdError";

  constructor(readonly ids: readonly string[]) {
    super(
      `Expected ids of stored documents, got ${listIds(ids)}. Use \`getByIds\` to see which ids are stored.`,
    );
  }
}
