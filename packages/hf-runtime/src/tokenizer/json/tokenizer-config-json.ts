import { array, custom, nullish, union } from "valibot";
import { fields } from "../../json/fields.js";
import { isRecord } from "../../json/is-record.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { mapOf } from "../../json/map-of.js";
import { objectOf } from "../../json/object-of.js";
import type { Side } from "../../json/side.js";
import {
  isSpecialToken,
  SPECIAL_TOKEN,
  type SpecialTokenJson,
  specialTokenJson,
} from "./special-token-json.js";

/** The parts of transformers' tokenizer_config.json that are read here. */
export interface TokenizerConfigJson {
  readonly model_max_length?: number | null;
  readonly padding_side?: Side | null;
  readonly truncation_side?: Side | null;
  readonly bos_token?: SpecialTokenJson | null;
  readonly eos_token?: SpecialTokenJson | null;
  readonly unk_token?: SpecialTokenJson | null;
  readonly sep_token?: SpecialTokenJson | null;
  readonly pad_token?: SpecialTokenJson | null;
  readonly cls_token?: SpecialTokenJson | null;
  readonly mask_token?: SpecialTokenJson | null;
  /** Further special tokens; `extra_special_tokens` since transformers 5. */
  readonly additional_special_tokens?: ExtraTokensJson | null;
  readonly extra_special_tokens?: ExtraTokensJson | null;
  /** Tokens that are found in a text before the model sees it, by their ids. */
  readonly added_tokens_decoder?: Readonly<Record<string, SpecialTokenJson>> | null;
  /** Whether special tokens that are written in a text are ordinary text. */
  readonly split_special_tokens?: boolean | null;
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

/** Special tokens in a list, or by names of their own. */
export type ExtraTokensJson = readonly SpecialTokenJson[] | Readonly<Record<string, SpecialTokenJson>>;

/** Schema of {@link ExtraTokensJson}. */
export const extraTokensJson: JsonSchema<ExtraTokensJson> = union(
  [
    array(specialTokenJson),
    custom<Readonly<Record<string, SpecialTokenJson>>>(
      (value) => isRecord(value) && Object.values(value).every(isSpecialToken),
    ),
  ],
  "a list of tokens, or an object of tokens",
);

const token = nullish(specialTokenJson);

const { flag, integer, side, text, texts } = fields;

/** Schema of {@link TokenizerConfigJson}. */
export const tokenizerConfigJson: JsonSchema<TokenizerConfigJson> = objectOf({
  model_max_length: integer,
  padding_side: side,
  truncation_side: side,
  bos_token: token,
  eos_token: token,
  unk_token: token,
  sep_token: token,
  pad_token: token,
  cls_token: token,
  mask_token: token,
  additional_special_tokens: nullish(extraTokensJson),
  extra_special_tokens: nullish(extraTokensJson),
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
