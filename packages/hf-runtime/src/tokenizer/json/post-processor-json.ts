import { array, check, nullish, optional, picklist, pipe, string, tuple } from "valibot";
import { fields } from "../../json/fields.js";
import { isRecord } from "../../json/is-record.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { mapOf } from "../../json/map-of.js";
import { objectOf } from "../../json/object-of.js";
import { type ComponentJson, type ComponentKinds, componentJson } from "./component-json.js";

const { isTokenId, segment, tokenId } = fields;

/** The ids of a special token. */
interface SpecialTokenIds {
  readonly ids: readonly number[];
}

const isSpecialToken = (value: unknown): value is SpecialTokenIds =>
  isRecord(value) && Array.isArray(value.ids) && value.ids.every(isTokenId);

const template = array(
  pipe(
    objectOf({
      SpecialToken: optional(objectOf({ id: string(), type_id: segment })),
      Sequence: optional(objectOf({ id: picklist(["A", "B"], "A or B"), type_id: segment })),
    }),
    check(
      (piece) => (piece.SpecialToken === undefined) !== (piece.Sequence === undefined),
      "an object with either SpecialToken or Sequence",
    ),
  ),
);

const templateProcessing = pipe(
  objectOf({
    single: template,
    pair: template,
    special_tokens: mapOf(isSpecialToken, {
      whole: "an object that has the ids of each special token",
      item: "an object that has a special token's ids",
    }),
  }),
  check(
    ({ single, pair, special_tokens }) =>
      [...single, ...pair].every(
        ({ SpecialToken }) => SpecialToken === undefined || Object.hasOwn(special_tokens, SpecialToken.id),
      ),
    "templates of special tokens that are all in special_tokens",
  ),
);

const special = nullish(tuple([string(), tokenId]));
const clsSep = objectOf({ cls: special, sep: special });

/** Schema of a post-processor of tokenizer.json. */
export const postProcessorJson: JsonSchema<ComponentJson> = componentJson(() => KINDS);

const KINDS: ComponentKinds = {
  Sequence: objectOf({ processors: nullish(array(postProcessorJson)) }),
  BertProcessing: clsSep,
  RobertaProcessing: clsSep,
  TemplateProcessing: templateProcessing,
};
