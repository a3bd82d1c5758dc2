import { nullish } from "valibot";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { mapOf } from "../../json/map-of.js";
import { objectOf } from "../../json/object-of.js";
import type { Side } from "../../json/side.js";
import { isSpecialToken, SPECIAL_TOKEN, type SpecialTokenJson } from "./special-token-json.js";
import { type SpecialTokensMapJson, specialTokenFields } from "./special-tokens-map-json.js";

/** The parts of transformers' tokenizer_config.json that are read here. */
export interface TokenizerConfigJson extends SpecialTokensMapJson {
  readonly model_max_length?: number | null;
  readonly padding_side?: Side | null;
  readonly truncation_side?: Side | null;
  /** Added tokens by id: they are found in a text before the model sees it. */
  readonly added_tokens_decoder?: Readonly<Record<string, SpecialTokenJson>> | null;
  /** Whether special tokens that are written in a text are encoded as ordinary text. */
  readonly split_special_tokens?: boolean | null;
  readonly tokenizer_class?: string | null;
  /** Inputs of the model. Without `token_type_ids`, the model treats all tokens as its first segment. */
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
}

const { flag, integer, side, text, texts } = fields;

/** Schema of {@link TokenizerConfigJson}. */
export const tokenizerConfigJson: JsonSchema<TokenizerConfigJson> = objectOf({
  model_max_length: integer,
  padding_side: side,
  truncation_side: side,
  ...specialTokenFields,
  added_tokens_decoder: nullish(
    mapOf(isSpecialToken, { whole: "an object that has the token of each id", item: SPECIAL_TOKEN }),
  ),
  split_special_tokens: flag,
  tokenizer_class: text,
  model_input_names: texts,
  do_lower_case: flag,
  strip_accents: flag,
  tokenize_chinese_chars: flag,
  add_prefix_space: flag,
  keep_accents: flag,
  split_by_punct: flag,
});
