import { nullish } from "valibot";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";
import { type TokenizerConfigJson, tokenizerConfigJson } from "./tokenizer-config-json.js";

/** `sentence_bert_config.json` of sentence-transformers. */
export interface SentenceConfigJson {
  readonly max_seq_length?: number | null;
  readonly do_lower_case?: boolean | null;
  /** Settings that go before those of tokenizer_config.json; `tokenizer_args` before sentence-transformers 5.4. */
  readonly processor_kwargs?: TokenizerConfigJson | null;
  readonly tokenizer_args?: TokenizerConfigJson | null;
  /** Arguments of each call of the tokenizer, the "text" before the "common". */
  readonly processing_kwargs?: {
    readonly text?: ProcessingJson | null;
    readonly common?: ProcessingJson | null;
    /** Variables of the chat template, and how it is rendered. */
    readonly chat_template?: Readonly<Record<string, unknown>> | null;
  } | null;
  /** Kinds of input: "text", and "message" where a chat template renders the inputs. */
  readonly modality_config?: {
    readonly message?: { readonly format?: string | null } | null;
  } | null;
}

interface ProcessingJson {
  readonly max_length?: number | null;
}

const processingJson = nullish(objectOf({ max_length: fields.integer }));

/** Schema of {@link SentenceConfigJson}. */
export const sentenceConfigJson: JsonSchema<SentenceConfigJson> = objectOf({
  max_seq_length: fields.integer,
  do_lower_case: fields.flag,
  processor_kwargs: nullish(tokenizerConfigJson),
  tokenizer_args: nullish(tokenizerConfigJson),
  processing_kwargs: nullish(
    objectOf({ text: processingJson, common: processingJson, chat_template: nullish(objectOf({})) }),
  ),
  modality_config: nullish(objectOf({ message: nullish(objectOf({ format: fields.text })) })),
});
