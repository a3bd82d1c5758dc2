import { nullish } from "valibot";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";
import { type SpecialTokenJson, specialTokenJson } from "./special-token-json.js";
import { type ExtraTokensJson, extraTokensJson } from "./tokenizer-config-json.js";

/** `special_tokens_map.json`: special tokens by their names, in repositories of older versions of transformers. */
export interface SpecialTokensMapJson {
  readonly bos_token?: SpecialTokenJson | null;
  readonly eos_token?: SpecialTokenJson | null;
  readonly unk_token?: SpecialTokenJson | null;
  readonly sep_token?: SpecialTokenJson | null;
  readonly pad_token?: SpecialTokenJson | null;
  readonly cls_token?: SpecialTokenJson | null;
  readonly mask_token?: SpecialTokenJson | null;
  readonly additional_special_tokens?: ExtraTokensJson | null;
  readonly extra_special_tokens?: ExtraTokensJson | null;
  readonly [name: string]: unknown;
}

const token = nullish(specialTokenJson);

/** Schema of {@link SpecialTokensMapJson}. */
export const specialTokensMapJson: JsonSchema<SpecialTokensMapJson> = objectOf({
  bos_token: token,
  eos_token: token,
  unk_token: token,
  sep_token: token,
  pad_token: token,
  cls_token: token,
  mask_token: token,
  additional_special_tokens: nullish(extraTokensJson),
  extra_special_tokens: nullish(extraTokensJson),
});
