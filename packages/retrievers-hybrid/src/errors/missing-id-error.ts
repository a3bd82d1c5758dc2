import { SecondpassError } from "@secondpass/core";

/** Thrown if documents are identified by `idKey` and one has no id. */
export class MissingIdError extends SecondpassError {
  override readonly name = "MissingIdError";

  /** @param idKey metadata field that should contain the id; undefined for a function */
  constructor(readonly idKey: string | undefined) {
    super(
      idKey === undefined
        ? "Expected `idKey` to return an id for each document, got undefined."
        : `Expected each document to carry an id in metadata.${idKey}, got undefined. Set it on all documents, or leave out \`idKey\` to tell them apart by their texts.`,
    );
  }
}
