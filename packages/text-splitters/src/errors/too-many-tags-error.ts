import { SecondpassError } from "@secondpass/core";

/** Thrown if a text opens too many different tags. */
export class TooManyTagsError extends SecondpassError {
  override readonly name = "TooManyTagsError";

  constructor(
    readonly count: number,
    readonly limit: number,
  ) {
    super(
      `Expected a text with at most ${limit} different tags, got ${count}. ` +
        "Split it with RecursiveCharacterTextSplitter, or in parts.",
    );
  }
}
