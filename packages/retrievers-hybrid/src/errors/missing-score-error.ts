import { describeValue, SecondpassError } from "@secondpass/core";

/** Thrown if lists are fused by scores and a document has no score. */
export class MissingScoreError extends SecondpassError {
  override readonly name = "MissingScoreError";

  /**
   * @param retriever index of the retriever that found the document, from 0
   * @param scoreKey metadata field that should contain the score
   */
  constructor(
    readonly retriever: number,
    readonly scoreKey: string,
    value: unknown,
  ) {
    super(
      `Expected the documents of retrievers[${retriever}] to carry a score in metadata.${scoreKey}, got ${describeValue(value)}. ` +
        "Name the field in which the retriever puts its scores, or fuse by rank: leave out `convex`.",
    );
  }
}
