import { CompressionError } from "./compression-error.js";

/** Thrown if the number of scores (or vectors) that a model returns differs from the number of its texts. */
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
