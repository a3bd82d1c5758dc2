import type { ModelKind } from "./model.js";
import { UpstreamModel } from "./upstream-model.js";

/** Byte-pair encoding, by `@huggingface/tokenizers`. */
export const bpe: ModelKind = {
  type: "BPE",
  create: (json, config) => new UpstreamModel(json, config),
};
