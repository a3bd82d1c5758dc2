import { optional } from "./optional.js";
import { wholeNumber } from "./whole-number.js";

/** The fields by which Cohere's and vLLM's clients limit what is read of each text; 0 is no limit. */
export const TOKEN_LIMITS = {
  max_tokens_per_doc: optional(wholeNumber(0)),
  max_tokens_per_query: optional(wholeNumber(0)),
  /** Of the pair; -1 is the model's length. */
  truncate_prompt_tokens: optional(wholeNumber(-1)),
};

/** Tokens that texts are cut to before they are scored, special ones not counted. @default the model's length alone */
export interface TokenLimits {
  readonly query?: number | undefined;
  readonly document?: number | undefined;
  /** Of query and document together, special tokens counted. The document is cut. */
  readonly pair?: number | undefined;
}

/** Values of {@link TOKEN_LIMITS} → what texts are cut to. */
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
