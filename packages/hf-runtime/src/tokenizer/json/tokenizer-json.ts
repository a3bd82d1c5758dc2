import { array, nullish } from "valibot";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { pickOf } from "../../json/pick-of.js";
import type { Side } from "../../json/side.js";
import { type AddedTokenJson, addedTokenJson } from "./added-token-json.js";
import type { ComponentJson } from "./component-json.js";
import { type ModelJson, modelJson } from "./model-json.js";
import { normalizerJson } from "./normalizer-json.js";
import { postProcessorJson } from "./post-processor-json.js";
import { preTokenizerJson } from "./pre-tokenizer-json.js";

/**
 * The parts of a tokenizer.json that are read here. Layout: `tokenizers`' serialisation
 * (https://github.com/huggingface/tokenizers).
 */
export interface TokenizerJson {
  readonly truncation?: { readonly direction?: Side | null } | null;
  readonly padding?: { readonly direction?: Side | null; readonly pad_id?: number | null } | null;
  readonly added_tokens?: readonly AddedTokenJson[] | null;
  readonly normalizer: ComponentJson | null;
  readonly pre_tokenizer: ComponentJson | null;
  readonly post_processor: ComponentJson | null;
  readonly model: ModelJson;
}

/** Schema of {@link TokenizerJson}. Fields that it does not name, such as the decoder, are left out. */
export const tokenizerJson: JsonSchema<TokenizerJson> = pickOf({
  truncation: nullish(pickOf({ direction: fields.side })),
  padding: nullish(pickOf({ direction: fields.side, pad_id: nullish(fields.tokenId) })),
  added_tokens: nullish(array(addedTokenJson)),
  normalizer: nullish(normalizerJson, null),
  pre_tokenizer: nullish(preTokenizerJson, null),
  post_processor: nullish(postProcessorJson, null),
  model: modelJson,
});
