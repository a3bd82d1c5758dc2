import type { TextPair } from "@secondpass/core";

/** Relevance of the tokens of a passage. */
export interface PassageTokens {
  /** Tokens with their positions in the passage, in UTF-16 units; `relevance` is from 0 to 1. */
  readonly tokens: readonly { readonly start: number; readonly end: number; readonly relevance: number }[];
  /** Start of the part of the passage that the model has read. */
  readonly readStart: number;
  readonly readEnd: number;
}

/** A model that reads a whole passage and scores its tokens, like Provence, such as `HuggingFaceCrossEncoder` of `@secondpass/cross-encoders`. */
export interface TokenScorer {
  scoreTokens(
    pairs: readonly TextPair[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly PassageTokens[]>;
  /** Threshold of a sentence's mean token relevance, above which it is worth keeping. Undefined if the loaded model does not score tokens. */
  tokenThreshold(options?: { readonly signal?: AbortSignal }): Promise<number | undefined>;
}

/** Whether a model has the methods to score tokens; its `tokenThreshold` tells whether it does. */
export function isTokenScorer(model: object): model is TokenScorer {
  const { scoreTokens, tokenThreshold } = model as Partial<TokenScorer>;
  return typeof scoreTokens === "function" && typeof tokenThreshold === "function";
}
