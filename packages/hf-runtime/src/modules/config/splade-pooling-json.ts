import { nullish, picklist } from "valibot";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";

/** `config.json` of a SpladePooling module. */
export interface SpladePoolingJson {
  readonly pooling_strategy?: "max" | "sum" | null;
  readonly activation_function?: "relu" | "log1p_relu" | null;
}

/** Schema of {@link SpladePoolingJson}. `chunk_size`, the number of tokens pooled at a time, is left out because it does not change vectors. */
export const spladePoolingJson: JsonSchema<SpladePoolingJson> = objectOf({
  pooling_strategy: nullish(picklist(["max", "sum"], '"max" or "sum"')),
  activation_function: nullish(picklist(["relu", "log1p_relu"], '"relu" or "log1p_relu"')),
});
