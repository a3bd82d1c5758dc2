import type { Side } from "./side.js";

/** The parts of transformers' tokenizer_config.json that are read here. */
export interface TokenizerConfigJson {
  readonly model_max_length?: number | null;
  readonly padding_side?: Side;
  readonly truncation_side?: Side;
  readonly pad_token?: SpecialTokenJson | null;
  readonly tokenizer_class?: string | null;
  /** Inputs of the model. Without `token_type_ids`, the model takes all tokens for its first segment. */
  readonly model_input_names?: readonly string[] | null;
  readonly do_lower_case?: boolean | null;
  /** BERT's. */
  readonly strip_accents?: boolean | null;
  readonly tokenize_chinese_chars?: boolean | null;
  /** RoBERTa's and SentencePiece's. */
  readonly add_prefix_space?: boolean | null;
  /** ALBERT's. */
  readonly keep_accents?: boolean | null;
  /** DeBERTa's. */
  readonly split_by_punct?: boolean | null;
  readonly [field: string]: unknown;
}

/** Written as text or, by older versions, as an object. */
export type SpecialTokenJson = string | { readonly content: string };
