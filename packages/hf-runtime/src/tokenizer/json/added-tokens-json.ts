import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { mapOf } from "../../json/map-of.js";

/** `added_tokens.json`: the id of each token, in repositories of older versions of transformers. */
export type AddedTokensJson = Readonly<Record<string, number>>;

/** Schema of {@link AddedTokensJson}. */
export const addedTokensJson: JsonSchema<AddedTokensJson> = mapOf(fields.isTokenId, {
  whole: "an object that has the id of each token",
  item: fields.tokenIdText,
});
