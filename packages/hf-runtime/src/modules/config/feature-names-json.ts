import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";

/** Configuration keys of modules that can read and write other features than the text's vector. */
export interface FeatureNamesJson {
  readonly module_input_name?: string | null;
  readonly module_output_name?: string | null;
}

/** The schemas of {@link FeatureNamesJson}'s keys. */
export const featureNamesFields = { module_input_name: fields.text, module_output_name: fields.text };

/** Schema of {@link FeatureNamesJson}. */
export const featureNamesJson: JsonSchema<FeatureNamesJson> = objectOf(featureNamesFields);

/** The features that a module reads and writes. By default it replaces the feature that it reads. */
export function featureNames({ module_input_name, module_output_name }: FeatureNamesJson) {
  const input = module_input_name ?? "sentence_embedding";
  return { input, output: module_output_name ?? input };
}
