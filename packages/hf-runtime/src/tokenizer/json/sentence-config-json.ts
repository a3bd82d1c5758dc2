import { nullish, string } from "valibot";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";
import { type TokenizerConfigJson, tokenizerConfigJson } from "./tokenizer-config-json.js";

/** `sentence_bert_config.json` of sentence-transformers. */
export interface SentenceConfigJson {
  /** What the transformer computes. @default "feature-extraction" */
  readonly transformer_task?: string | null;
  /** Kinds of input: "text", and "message" where a chat template renders the inputs. Others are ignored. */
  readonly modality_config?: {
    readonly text?: ModalityJson | null;
    readonly message?: ModalityJson | null;
  } | null;
  /** Name of the feature that the transformer returns. Used only together with `modality_config`. */
  readonly module_output_name?: string | null;
  readonly max_seq_length?: number | null;
  readonly do_lower_case?: boolean | null;
  /** Maximum tokens of a query and of a document, for texts that the caller marks as such. */
  readonly query_length?: number | null;
  readonly document_length?: number | null;
  readonly query_expansion?: unknown;
  /** Settings that override those of config.json. Before sentence-transformers 5.4 the name was `config_args`, which wins if both are set. */
  readonly config_kwargs?: Readonly<Record<string, unknown>> | null;
  readonly config_args?: Readonly<Record<string, unknown>> | null;
  /** How transformers loads the weights; formerly `model_args`. */
  readonly model_kwargs?: Readonly<Record<string, unknown>> | null;
  readonly model_args?: Readonly<Record<string, unknown>> | null;
  /** Settings that override those of tokenizer_config.json; formerly `tokenizer_args`. */
  readonly processor_kwargs?: TokenizerConfigJson | null;
  readonly tokenizer_args?: TokenizerConfigJson | null;
  readonly tokenizer_name_or_path?: string | null;
  /** Arguments of each call of the tokenizer. */
  readonly processing_kwargs?: {
    readonly text?: ProcessingJson | null;
    readonly common?: ProcessingJson | null;
    /** Variables of the chat template, and how it is rendered. */
    readonly chat_template?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly [key: string]: unknown;
}

/** How inputs of one kind are computed. */
export interface ModalityJson {
  /** Method of transformers' model. */
  readonly method: string;
  /** Which of its results is used: a name, or a path of names and indices from the outermost. */
  readonly method_output_name?: unknown;
  /** Form of a message's content that the chat template expects. */
  readonly format?: string | null;
}

/** Arguments of a call of the tokenizer. */
export interface ProcessingJson {
  readonly max_length?: number | null;
  readonly [key: string]: unknown;
}

const processingJson = nullish(objectOf({ max_length: fields.size }));
const settings = nullish(objectOf({}));
const modalityJson = nullish(
  objectOf({ method: string(), method_output_name: fields.anything, format: fields.text }),
);

/** Schema of {@link SentenceConfigJson}. */
export const sentenceConfigJson: JsonSchema<SentenceConfigJson> = objectOf({
  transformer_task: fields.text,
  modality_config: nullish(objectOf({ text: modalityJson, message: modalityJson })),
  module_output_name: fields.text,
  max_seq_length: fields.integer,
  do_lower_case: fields.flag,
  query_length: fields.size,
  document_length: fields.size,
  query_expansion: fields.anything,
  config_kwargs: settings,
  config_args: settings,
  model_kwargs: settings,
  model_args: settings,
  processor_kwargs: nullish(tokenizerConfigJson),
  tokenizer_args: nullish(tokenizerConfigJson),
  tokenizer_name_or_path: fields.text,
  processing_kwargs: nullish(
    objectOf({ text: processingJson, common: processingJson, chat_template: nullish(objectOf({})) }),
  ),
});
