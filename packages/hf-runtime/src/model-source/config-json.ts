import { nullish } from "valibot";
import { fields } from "../json/fields.js";
import type { JsonSchema } from "../json/json-schema.js";
import { mapOf } from "../json/map-of.js";
import { objectOf } from "../json/object-of.js";

/** `config.json` of a model. {@link ModelConfig} checks the further keys that an architecture reads. */
export interface ConfigJson {
  readonly model_type?: string | null;
  readonly architectures?: readonly string[] | null;
  readonly tokenizer_class?: string | null;
  readonly num_labels?: number | null;
  /** Label names by index; some tools write numbers. */
  readonly id2label?: Readonly<Record<string, string | number | boolean>> | null;
  readonly max_position_embeddings?: number | null;
  readonly pad_token_id?: number | null;
  readonly vocab_size?: number | null;
  /** Width of the hidden states, under the names that architectures have for it. */
  readonly hidden_size?: number | null;
  readonly dim?: number | null;
  readonly d_model?: number | null;
  readonly n_embd?: number | null;
  /** Written since sentence-transformers 4. */
  readonly sentence_transformers?: { readonly activation_fn?: unknown } | null;
  /** Written before sentence-transformers 4. */
  readonly sbert_ce_default_activation_function?: unknown;
  readonly [key: string]: unknown;
}

const { anything, integer, size, text, texts } = fields;

const isLabel = (value: unknown): value is string | number | boolean =>
  ["string", "number", "boolean"].includes(typeof value);

/** Schema of {@link ConfigJson}. */
export const configJson: JsonSchema<ConfigJson> = objectOf({
  model_type: text,
  architectures: texts,
  tokenizer_class: text,
  num_labels: size,
  id2label: nullish(
    mapOf(isLabel, { whole: "an object that has the name of each label", item: "a label's name" }),
  ),
  max_position_embeddings: integer,
  pad_token_id: integer,
  vocab_size: size,
  hidden_size: size,
  dim: size,
  d_model: size,
  n_embd: size,
  sentence_transformers: nullish(objectOf({ activation_fn: anything })),
  sbert_ce_default_activation_function: anything,
});
