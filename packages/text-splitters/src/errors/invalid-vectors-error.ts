import { SecondpassError } from "@secondpass/core";

/** Thrown if embeddings return something other than one vector for each text, all of the same length. */
export class InvalidVectorsError extends SecondpassError {
  override readonly name = "InvalidVectorsError";

  /** @param received completes "got …" */
  constructor(
    readonly expected: string,
    readonly received: string,
  ) {
    super(`Expected \`embedDocuments\` to return ${expected}, got ${received}. Check the embeddings class.`);
  }
}
