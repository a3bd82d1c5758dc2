import { describeValue, SecondpassError } from "@secondpass/core";

/** Thrown if documents to delete do not exist. Nothing was changed. */
export class UnknownDocumentIdError extends SecondpassError {
  override readonly name = "UnknownDocumentIdError";

  constructor(readonly ids: readonly string[]) {
    super(
      `Expected ids of documents in the index, got ${describeValue(ids)}. Use \`getByIds\` to see which ids exist.`,
    );
  }
}
