import type { DecodingRequest } from "./payload.js";
import { payloadOf } from "./payload-of.js";
import type { Field } from "./values/field.js";
import { flag } from "./values/flag.js";
import { listOf } from "./values/list-of.js";
import { listSchema, STRING } from "./values/object-schema.js";
import { optional } from "./values/optional.js";
import { shape } from "./values/shape.js";
import { wholeNumber } from "./values/whole-number.js";

const idList = listOf(wholeNumber(0));
const lists = listOf(idList);

/** Ids of one text, or of several. */
const ids: Field<number[][]> = {
  schema: { anyOf: [idList.schema, lists.schema] },
  read: (value, where) =>
    Array.isArray(value) && !Array.isArray(value[0]) ? [idList.read(value, where)] : lists.read(value, where),
};

/** Text Embeddings Inference's decode: `{ids, skip_special_tokens}` → `[text, …]`. */
export const teiDecode = payloadOf({
  name: "tei_decode",
  example: '{"ids": [number, …]}',
  needs: "any",
  misfit: "backend",
  matches: (body) => "ids" in body,
  shape: shape({ ids, skip_special_tokens: optional(flag, true) }),
  answerSchema: listSchema(STRING),
  read: ({ ids, skip_special_tokens: skipSpecialTokens }): DecodingRequest => ({
    kind: "decode",
    ids,
    skipSpecialTokens,
    answer: (texts) => texts,
  }),
});
