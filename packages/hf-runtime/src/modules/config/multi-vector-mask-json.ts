import { array, nullish, string, union } from "valibot";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { listOf } from "../../json/list-of.js";
import { objectOf } from "../../json/object-of.js";

/** `config.json` of a MultiVectorMask module. */
export interface MultiVectorMaskJson {
  /** Tokens that are not matched. */
  readonly skiplist_words?: readonly string[] | null;
  /** Tasks whose texts lose these tokens. @default "document" */
  readonly skiplist_tasks?: string | readonly string[] | null;
  /** The only tokens of documents that are matched. */
  readonly keep_only_token_ids?: readonly number[] | null;
}

/** Schema of {@link MultiVectorMaskJson}. */
export const multiVectorMaskJson: JsonSchema<MultiVectorMaskJson> = objectOf({
  skiplist_words: fields.texts,
  skiplist_tasks: nullish(union([string(), array(string())], "the name of a task or a list of such names")),
  keep_only_token_ids: nullish(
    listOf(fields.isTokenId, { whole: "a list of token ids", item: fields.tokenIdText }),
  ),
});
