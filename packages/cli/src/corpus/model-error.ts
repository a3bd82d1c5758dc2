import { SecondpassError } from "@secondpass/core";
import { ModelKindError } from "@secondpass/hf-runtime";
import { CommandError } from "../errors/command-error.js";
import { inFlags } from "../options/in-flags.js";

const OTHER_FLAG = { "--model": "--embedder", "--embedder": "--model" } as const;

/**
 * Explains a failure to load or run a model to the user. Returns other errors, such as faults in our code, unchanged.
 *
 * @param flag that names the model
 */
export function modelError(error: unknown, flag: keyof typeof OTHER_FLAG): unknown {
  if (!SecondpassError.isInstance(error) || CommandError.isInstance(error)) return error;
  const message = inFlags(error.message, {
    model: flag,
    revision: "--revision",
    localFilesOnly: "HF_HUB_OFFLINE",
    endpoint: "HF_ENDPOINT",
    token: "HF_TOKEN",
  });
  const advice = ModelKindError.isInstance(error)
    ? ` If it is of the other kind, give it as ${OTHER_FLAG[flag]}.`
    : ` (The model is given by ${flag}.)`;
  return new CommandError(message + advice, { cause: error });
}
