import { optional, string } from "valibot";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";
import { type FeatureNamesJson, featureNamesFields } from "./feature-names-json.js";

/** `config.json` of a Dense module. */
export interface DenseJson extends FeatureNamesJson {
  readonly in_features?: number | null;
  readonly out_features?: number | null;
  readonly bias?: boolean | null;
  /** Python's class path. */
  readonly activation_function?: string;
  readonly use_residual?: boolean | null;
}

const { flag, size } = fields;

/** Schema of {@link DenseJson}. */
export const denseJson: JsonSchema<DenseJson> = objectOf({
  in_features: size,
  out_features: size,
  bias: flag,
  activation_function: optional(string("a class path such as torch.nn.modules.activation.Tanh")),
  use_residual: flag,
  ...featureNamesFields,
});
