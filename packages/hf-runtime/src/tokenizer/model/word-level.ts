import type { ModelKind } from "./model.js";
import { UpstreamModel } from "./upstream-model.js";

/** A token a word, by `@huggingface/tokenizers`. */
export const wordLevel: ModelKind = {
  type: "WordLevel",
  create: (json, config) => new UpstreamModel(json, config),
};
