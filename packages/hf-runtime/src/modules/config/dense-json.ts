import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";

/** `config.json` of a Dense module. */
export interface DenseJson {
  readonly bias?: boolean | null;
  readonly activation_function?: string | null;
  readonly use_residual?: boolean | null;
  readonly module_input_name?: string | null;
  readonly module_output_name?: string | null;
}

const { flag, text } = fields;

/** Schema of {@link DenseJson}. */
export const denseJson: JsonSchema<DenseJson> = objectOf({
  bias: flag,
  activation_function: text,
  use_residual: flag,
  module_input_name: text,
  module_output_name: text,
});
