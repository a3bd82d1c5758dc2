import { SecondpassError } from "@secondpass/core";
import { ModelKindError } from "@secondpass/hf-runtime";
import { CommandError } from "../errors/command-error.js";
import { flagOf } from "./flag-of.js";
import type { ModelSetting } from "./serve-settings.js";

/** Explains a failure to load a model to the user. Returns other errors, such as faults in our code, unchanged. */
export function loadError(error: unknown, { kind, model }: ModelSetting): unknown {
  if (!SecondpassError.isInstance(error)) return error;
  const other = kind === "reranker" ? "--embedder" : "--model";
  const advice = ModelKindError.isInstance(error)
    ? ` If it is of the other kind, give it as ${other} ${model}.`
    : "";
  return new CommandError(flagOf(error.message) + advice, { cause: error });
}
