import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";

/** `config.json` of a SparseStaticEmbedding module. */
export interface SparseStaticEmbeddingJson {
  /** A weights file outside the repository that replaces the module's own. */
  readonly path?: string | null;
}

/** Schema of {@link SparseStaticEmbeddingJson}. */
export const sparseStaticEmbeddingJson: JsonSchema<SparseStaticEmbeddingJson> = objectOf({
  path: fields.text,
});
