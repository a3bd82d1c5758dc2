import { boolean, nullish, picklist } from "valibot";
import { fields } from "../json/fields.js";
import type { JsonSchema } from "../json/json-schema.js";
import { objectOf } from "../json/object-of.js";

/** `query_expansion` of sentence_bert_config.json. */
export interface QueryExpansionJson {
  readonly strategy: "fixed" | "min";
  readonly attend?: boolean | null;
  readonly token?: string | null;
  readonly length: number;
}

/** Settings of queries and documents in sentence_bert_config.json. */
export interface MultiVectorJson {
  readonly query_length?: number | null;
  readonly document_length?: number | null;
  readonly query_expansion?: QueryExpansionJson | null;
}

/** PyLate's settings in config_sentence_transformers.json. */
export interface PylateJson extends MultiVectorJson {
  readonly model_type?: string | null;
  readonly query_prefix?: string | null;
  readonly document_prefix?: string | null;
  readonly do_query_expansion?: boolean | null;
  readonly attend_to_expansion_tokens?: boolean | null;
  readonly attend_to_mask_tokens?: boolean | null;
  readonly skiplist_words?: readonly string[] | null;
}

/** `artifact.metadata` of Stanford's ColBERT. */
export interface ArtifactJson {
  readonly query_token_id?: string | null;
  readonly doc_token_id?: string | null;
  readonly query_maxlen?: number | null;
  readonly doc_maxlen?: number | null;
  readonly attend_to_mask_tokens?: boolean | null;
  readonly mask_punctuation?: boolean | null;
}

const { flag, size, text, texts, wholeSize } = fields;

const rolesFields = {
  query_length: size,
  document_length: size,
  query_expansion: nullish(
    objectOf({
      strategy: picklist(["fixed", "min"], '"fixed" or "min"'),
      attend: nullish(boolean()),
      token: text,
      length: wholeSize,
    }),
  ),
};

/** Schema of {@link MultiVectorJson}. */
export const multiVectorJson: JsonSchema<MultiVectorJson> = objectOf(rolesFields);

/** Schema of {@link PylateJson}. */
export const pylateJson: JsonSchema<PylateJson> = objectOf({
  ...rolesFields,
  model_type: text,
  query_prefix: text,
  document_prefix: text,
  do_query_expansion: flag,
  attend_to_expansion_tokens: flag,
  attend_to_mask_tokens: flag,
  skiplist_words: texts,
});

/** Schema of {@link ArtifactJson}. */
export const artifactJson: JsonSchema<ArtifactJson> = objectOf({
  query_token_id: text,
  doc_token_id: text,
  query_maxlen: size,
  doc_maxlen: size,
  attend_to_mask_tokens: flag,
  mask_punctuation: flag,
});
