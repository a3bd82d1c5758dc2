import { FaissError } from "@secondpass/faiss";
import { listIds } from "./list-ids.js";

/** Thrown if documents to delete are not in the store. Nothing was changed. */
export class UnknownDocumentIdError extends FaissError {
  override readonly name = "UnknownDocumentIdError";

  constructor(readonly ids: readonly string[]) {
    super(
      `Expected ids of stored documents, got ${listIds(ids)}. Use \`getByIds\` to see which ids are stored.`,
    );
  }
}
