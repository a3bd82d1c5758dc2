import { LOAD_OPTIONS, type LoadOptions } from "@secondpass/hf-runtime";

/** Names of the options of loading a model, except the signal, which is given to each call. */
export const LOAD_FIELDS = LOAD_OPTIONS.filter(
  (name): name is Exclude<keyof LoadOptions, "signal"> => name !== "signal",
);
