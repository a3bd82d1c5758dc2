import type { LoadOptions } from "../contracts/load-options.js";
import { UnsupportedDtypeError } from "../errors/unsupported-dtype-error.js";
import { denseRows } from "../modules/read-rows.js";
import { type EmbeddingConfig, embeddingConfigOf } from "./embedding-config.js";
import type { ModelEnd } from "./model-end.js";

/** A list of modules that ends in a vector a text. */
export const encoderEnd: ModelEnd<EmbeddingConfig> = {
  kind: "SentenceTransformer",
  organization: "sentence-transformers",
  readRows: () => denseRows("sentence_embedding"),
  transformerTask: () => "encode",
  impliedModules: ["Transformer", "Pooling"],
  deferWorkers: false,
  checkOptions({ model, dtype }: LoadOptions) {
    if (dtype !== "screened") return;
    const advice = 'it screens candidates for the best; for vectors choose "int8" or "fp32".';
    throw new UnsupportedDtypeError(model, dtype, advice);
  },
  checkModules() {},
  settings: (_, own = {}) => embeddingConfigOf(own),
  dtypes: (dtype) => [dtype],
};
