import type { Module, ModuleKind } from "./module.js";

const TYPE = "Dropout";

const loaded: Module = {
  type: TYPE,
  build: (_, features) => features,
  apply: async () => (features) => features,
};

/** Does something in training only. */
export const dropout: ModuleKind = { type: TYPE, load: async () => loaded };
