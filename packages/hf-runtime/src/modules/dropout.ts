import type { Module, ModuleKind } from "./module.js";

const TYPE = "Dropout";

const loaded: Module = {
  type: TYPE,
  build: (_, features) => features,
  apply: async () => (features) => features,
};

/** A Dropout module. It has an effect only in training, so it passes features through. */
export const dropout: ModuleKind = { type: TYPE, load: async () => loaded };
