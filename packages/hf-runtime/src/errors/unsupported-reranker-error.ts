import { SecondpassError } from "@secondpass/core";

/** Thrown if a causal language model is loaded to score pairs but is not a reranker. */
export class UnsupportedRerankerError extends SecondpassError {
  override readonly name = "UnsupportedRerankerError";

  constructor(
    readonly model: string,
    readonly architecture: string,
    readonly reason: string,
  ) {
    super(
      `Expected ${model} to be a reranker, got ${architecture}, a causal language model that is not one: ${reason}. Choose a model that was ` +
        "trained to rank, such as BAAI/bge-reranker-base or Qwen/Qwen3-Reranker-0.6B, or save this one with sentence-transformers' " +
        "LogitScore module, which names the tokens of its answer.",
    );
  }
}
