import { optional } from "./optional.js";
import { wholeNumber } from "./whole-number.js";

/** The fields with which Cohere's and vLLM's clients limit the tokens of each text; 0 is no limit. */
export const TOKEN_LIMITS = {
  max_tokens_per_doc: optional(wholeNumber(0)),
  max_tokens_per_query: optional(wholeNumber(0)),
  /** Limit of the pair; -1 is the model's length. */
  truncate_prompt_tokens: optional(wholeNumber(-1)),
};

/** Numbers of tokens to which texts are cut before scoring, without special tokens. @default only the model's length */
export interface TokenLimits {
  readonly query?: number | undefined;
  readonly document?: number | undefined;
  /** Limit of query and document together, including special tokens. The document is cut. */
  readonly pair?: number | undefined;
}

/** Converts values of {@link TOKEN_LIMITS} to limits. */
export function readTokenLimits(values: {
  readonly max_tokens_per_doc?: number | undefined;
  readonly max_tokens_per_query?: number | undefined;
  readonly truncate_prompt_tokens?: number | undefined;
}): TokenLimits {
  const limit = (value = 0) => (value > 0 ? value : undefined);
  return {
    query: limit(values.max_tokens_per_query),
    document: limit(values.max_tokens_per_doc),
    pair: limit(values.truncate_prompt_tokens),
  };
}
