import { string } from "valibot";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { pickOf } from "../../json/pick-of.js";

/** An entry of `added_tokens` in tokenizer.json: a token that is found in the text before the model sees it. */
export interface AddedTokenJson {
  readonly id: number;
  readonly content: string;
  /** Matches only where no letter or digit is next to it. */
  readonly single_word?: boolean | null;
  /** Takes the white space in front of it. */
  readonly lstrip?: boolean | null;
  /** Takes the white space after it. */
  readonly rstrip?: boolean | null;
  /** Found in normalized text instead of the text as it is. @default the opposite of `special` */
  readonly normalized?: boolean | null;
  readonly special?: boolean | null;
}

const { flag, tokenId } = fields;

/** Schema of {@link AddedTokenJson}. */
export const addedTokenJson: JsonSchema<AddedTokenJson> = pickOf({
  id: tokenId,
  content: string(),
  single_word: flag,
  lstrip: flag,
  rstrip: flag,
  normalized: flag,
  special: flag,
});
