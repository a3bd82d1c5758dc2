import { SecondpassError } from "@secondpass/core";

/** Thrown if the repository exists but has no such branch, tag or commit. */
export class RevisionNotFoundError extends SecondpassError {
  override readonly name = "RevisionNotFoundError";

  constructor(
    readonly model: string,
    readonly revision: string,
    readonly host: string,
  ) {
    super(
      `The model "${model}" on ${host} has no revision "${revision}". ` +
        'Give one of its branches, tags or full commit ids, or leave the revision out for "main".',
    );
  }
}
