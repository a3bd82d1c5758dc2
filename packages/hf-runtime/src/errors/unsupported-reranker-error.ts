import { SecondpassError } from "@secondpass/core";

/** A causal language model was asked to score pairs. */
export class UnsupportedRerankerError extends SecondpassError {
  override readonly name = "UnsupportedRerankerError";

  constructor(
    readonly model: string,
    readonly architecture: string,
  ) {
    super(
      `Expected ${model} to be a sequence-classification model, got ${architecture}: rerankers made of causal language ` +
        "models (Qwen3-Reranker, mxbai-rerank-v2) need a chat template and the logits of two words, which is not built. " +
        "Choose a cross-encoder such as BAAI/bge-reranker-base.",
    );
  }
}
