import { array, custom, nullish, union } from "valibot";
import { isRecord } from "../../json/is-record.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";
import { isSpecialToken, type SpecialTokenJson, specialTokenJson } from "./special-token-json.js";

/** `special_tokens_map.json`: special tokens by their names, in repositories of older versions of transformers. */
export interface SpecialTokensMapJson {
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
  readonly [name: string]: unknown;
}

/** Further special tokens: a list, or an object of tokens by name. */
export type ExtraTokensJson = readonly SpecialTokenJson[] | Readonly<Record<string, SpecialTokenJson>>;

const extraTokensJson: JsonSchema<ExtraTokensJson> = union(
  [
    array(specialTokenJson),
    custom<Readonly<Record<string, SpecialTokenJson>>>(
      (value) => isRecord(value) && Object.values(value).every(isSpecialToken),
    ),
  ],
  "a list of tokens, or an object of tokens",
);

const token = nullish(specialTokenJson);

/** Fields of the schema; tokenizer_config.json has them, too. */
export const specialTokenFields = {
  bos_token: token,
  eos_token: token,
  unk_token: token,
  sep_token: token,
  pad_token: token,
  cls_token: token,
  mask_token: token,
  additional_special_tokens: nullish(extraTokensJson),
  extra_special_tokens: nullish(extraTokensJson),
};

/** Schema of {@link SpecialTokensMapJson}. */
export const specialTokensMapJson: JsonSchema<SpecialTokensMapJson> = objectOf(specialTokenFields);
