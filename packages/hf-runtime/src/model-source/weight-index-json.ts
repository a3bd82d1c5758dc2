import { check, pipe } from "valibot";
import { fields } from "../json/fields.js";
import type { JsonSchema } from "../json/json-schema.js";
import { mapOf } from "../json/map-of.js";
import { objectOf } from "../json/object-of.js";

/** `model.safetensors.index.json` or `pytorch_model.bin.index.json`. */
export interface WeightIndexJson {
  /** File by tensor name; at least one. */
  readonly weight_map: Readonly<Record<string, string>>;
}

const FILES = { whole: "an object that has the file of each tensor", item: "the name of a file" };

/** Schema of {@link WeightIndexJson}. Whether a path stays inside the repository is checked when the file is opened. */
export const weightIndexJson: JsonSchema<WeightIndexJson> = objectOf({
  weight_map: pipe(
    mapOf(fields.isText, FILES),
    check((files) => Object.keys(files).length > 0, FILES.whole),
  ),
});
