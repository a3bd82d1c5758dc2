import type { ModelKind } from "./model.js";
import { UpstreamModel } from "./upstream-model.js";

/** One token per word, computed by `@huggingface/tokenizers`. */
export const wordLevel: ModelKind = {
  type: "WordLevel",
  create: (json, config) => new UpstreamModel(json, config),
};
