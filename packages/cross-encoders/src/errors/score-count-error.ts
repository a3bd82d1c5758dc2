import { CrossEncoderError } from "./cross-encoder-error.js";

/** Thrown if the number of scores that a cross-encoder returns differs from the number of its pairs. */
export class ScoreCountError extends CrossEncoderError {
  override readonly name = "ScoreCountError";

  constructor(
    readonly crossEncoder: string,
    readonly pairs: number,
    readonly scores: number,
  ) {
    super(
      `Expected one score for each of ${pairs} pairs, got ${scores} from ${crossEncoder}. ` +
        "Its `score` must return the scores of all pairs, in their order.",
    );
  }
}
