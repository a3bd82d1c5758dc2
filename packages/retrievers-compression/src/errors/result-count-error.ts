import { CompressionError } from "./compression-error.js";

/** Thrown if a model returns another number of scores (or vectors) than it got texts. */
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
