import { LOAD_OPTIONS, type LoadOptions } from "@secondpass/hf-runtime";

/** Names of the fields that say how a model is found and run. A signal is given to each call. */
export const LOAD_FIELDS = LOAD_OPTIONS.filter(
  (name): name is Exclude<keyof LoadOptions, "signal"> => name !== "signal",
);
