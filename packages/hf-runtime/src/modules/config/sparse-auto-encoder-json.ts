import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";

/** `config.json` of a SparseAutoEncoder module. */
export interface SparseAutoEncoderJson {
  /** Maximum count of non-zero numbers in a vector. */
  readonly k?: number | null;
  readonly normalize?: boolean | null;
}

/** Schema of {@link SparseAutoEncoderJson}, without the keys that only training needs. */
export const sparseAutoEncoderJson: JsonSchema<SparseAutoEncoderJson> = objectOf({
  k: fields.size,
  normalize: fields.flag,
});
