import { CompressionError } from "./compression-error.js";

/** A model gave back another number of scores (or vectors) than it was given texts. */
export class ResultCountError extends CompressionError {
  override readonly name = "ResultCountError";

  constructor(
    readonly method: string,
    readonly expectedCount: number,
    readonly actualCount: number,
  ) {
    super(
      `Expected \`${method}\` to return one result for each of ${expectedCount} documents, in their order, ` +
        `got ${actualCount}.`,
    );
  }
}
