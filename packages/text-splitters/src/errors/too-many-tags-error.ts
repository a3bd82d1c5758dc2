import { SecondpassError } from "@secondpass/core";

/** Thrown if a text opens more different tags than code does. */
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
