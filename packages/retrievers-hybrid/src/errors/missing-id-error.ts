import { SecondpassError } from "@secondpass/core";

/** Documents are to be told apart by an id, and one has none. */
export class MissingIdError extends SecondpassError {
  override readonly name = "MissingIdError";

  /** @param idKey metadata field that should hold the id; undefined for a function of the caller's */
  constructor(readonly idKey: string | undefined) {
    super(
      idKey === undefined
        ? "Expected `idKey` to return an id for each document, got undefined."
        : `Expected each document to carry an id in metadata.${idKey}, got undefined. Set it on all documents, or leave out \`idKey\` to tell them apart by their texts.`,
    );
  }
}
