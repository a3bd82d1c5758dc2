import { nullish, string, union } from "valibot";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";
import type { Side } from "../../json/side.js";

/** The parts of transformers' tokenizer_config.json that are read here. */
export interface TokenizerConfigJson {
  readonly model_max_length?: number | null;
  readonly padding_side?: Side | null;
  readonly truncation_side?: Side | null;
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

const { flag, integer, side, text, texts } = fields;

/** Schema of {@link TokenizerConfigJson}. */
export const tokenizerConfigJson: JsonSchema<TokenizerConfigJson> = objectOf({
  model_max_length: integer,
  padding_side: side,
  truncation_side: side,
  pad_token: nullish(
    union([string(), objectOf({ content: string() })], "a string, or an object with one in content"),
  ),
  tokenizer_class: text,
  model_input_names: texts,
  do_lower_case: flag,
  strip_accents: flag,
  tokenize_chinese_chars: flag,
  add_prefix_space: flag,
  keep_accents: flag,
  split_by_punct: flag,
});
