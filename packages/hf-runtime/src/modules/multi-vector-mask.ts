import { type MultiVectorMaskJson, multiVectorMaskJson } from "./config/multi-vector-mask-json.js";
import type { Module, ModuleKind, TokenChoice } from "./module.js";

const TYPE = "MultiVectorMask";

/** Decides which tokens of a text a late-interaction model matches. It does not change vectors; readers of the vectors leave the other tokens out. */
export const multiVectorMask: ModuleKind = {
  type: TYPE,
  config: multiVectorMaskJson,
  load: async (_, config: MultiVectorMaskJson): Promise<Module> => multiVectorMaskOf(config),
};

/** Makes the module from its configuration. */
export function multiVectorMaskOf(config: MultiVectorMaskJson): Module {
  const choice: TokenChoice = {
    skipped: config.skiplist_words ?? [],
    skippingTasks: config.skiplist_tasks == null ? ["document"] : [config.skiplist_tasks].flat(),
    kept: config.keep_only_token_ids ?? [],
  };
  return { type: TYPE, build: (_, features) => features, apply: async () => (features) => features, choice };
}
