import { describeValue, SecondpassError } from "@secondpass/core";

/** Documents were to be deleted that are not there. Nothing was changed. */
export class UnknownDocumentIdError extends SecondpassError {
  override readonly name = "UnknownDocumentIdError";

  constructor(readonly ids: readonly string[]) {
    super(
      `Expected ids of documents in the index, got ${describeValue(ids)}. Use \`getByIds\` to see which ids are there.`,
    );
  }
}
