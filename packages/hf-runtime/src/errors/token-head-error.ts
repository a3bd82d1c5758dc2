import { SecondpassError } from "@secondpass/core";

/** Thrown if the relevance of tokens is requested from a reranker that only scores whole texts. */
export class TokenHeadError extends SecondpassError {
  override readonly name = "TokenHeadError";

  constructor(readonly model: string) {
    super(
      `Expected ${model} to score the tokens of a text, got a model that only scores whole texts. Choose one with a second head for tokens, ` +
        "such as hotchpotch/open-provence-reranker-xsmall-v1 or naver/provence-reranker-debertav3-v1, or score each sentence as a text.",
    );
  }
}
