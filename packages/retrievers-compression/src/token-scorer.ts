import type { TextPair } from "@secondpass/core";

/** How relevant the tokens of a passage are. */
export interface TokensOfPassage {
  /** In UTF-16 units of the passage; `relevance` from 0 to 1. */
  readonly tokens: readonly { readonly start: number; readonly end: number; readonly relevance: number }[];
  /** The part of the passage that the model has read. */
  readonly readStart: number;
  readonly readEnd: number;
}

/** A model that reads a whole passage and scores its tokens, as Provence; `HuggingFaceCrossEncoder` of `@secondpass/cross-encoders` is one. */
export interface TokenScorer {
  scoreTokens(
    pairs: readonly TextPair[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly TokensOfPassage[]>;
  /** From which mean relevance of its tokens on a sentence is worth keeping. Undefined if the model at hand scores no tokens. */
  tokenThreshold(options?: { readonly signal?: AbortSignal }): Promise<number | undefined>;
}

/** Whether a model may be able to score tokens; its `tokenThreshold` knows. */
export function isTokenScorer(model: object): model is TokenScorer {
  const { scoreTokens, tokenThreshold } = model as Partial<TokenScorer>;
  return typeof scoreTokens === "function" && typeof tokenThreshold === "function";
}
