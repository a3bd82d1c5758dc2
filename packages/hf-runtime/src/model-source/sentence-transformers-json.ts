import { nullish } from "valibot";
import { fields } from "../json/fields.js";
import type { JsonSchema } from "../json/json-schema.js";
import { mapOf } from "../json/map-of.js";
import { objectOf } from "../json/object-of.js";

/** `config_sentence_transformers.json`. */
export interface SentenceTransformersJson {
  /** Kind of model, since sentence-transformers 5.4. */
  readonly model_type?: string | null;
  /** Prompts by name; null is an empty prompt. */
  readonly prompts?: Readonly<Record<string, string | null>> | null;
  readonly default_prompt_name?: string | null;
  readonly similarity_fn_name?: string | null;
  readonly truncate_dim?: number | null;
  /** For sparse encoders. */
  readonly max_active_dims?: number | null;
  /** For cross-encoders with a `modules.json`, since sentence-transformers 5.4. */
  readonly activation_fn?: unknown;
}

const { anything, isText, size, text } = fields;

const isPrompt = (value: unknown): value is string | null => value === null || isText(value);

/** Schema of {@link SentenceTransformersJson}. */
export const sentenceTransformersJson: JsonSchema<SentenceTransformersJson> = objectOf({
  model_type: text,
  prompts: nullish(
    mapOf(isPrompt, { whole: "an object that has the text of each prompt", item: "a string" }),
  ),
  default_prompt_name: text,
  similarity_fn_name: text,
  truncate_dim: size,
  max_active_dims: size,
  activation_fn: anything,
});
