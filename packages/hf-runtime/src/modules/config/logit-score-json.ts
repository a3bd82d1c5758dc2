import { nullish } from "valibot";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";

/** `config.json` of a LogitScore module. */
export interface LogitScoreJson {
  readonly true_token_id: number;
  readonly false_token_id?: number | null;
  readonly module_input_name?: string | null;
}

/** Schema of {@link LogitScoreJson}. */
export const logitScoreJson: JsonSchema<LogitScoreJson> = objectOf({
  true_token_id: fields.tokenId,
  false_token_id: nullish(fields.tokenId),
  module_input_name: fields.text,
});
