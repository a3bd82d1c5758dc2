import { inFlags } from "../options/in-flags.js";

/** Flags of `serve` by the options that the packages below name in their errors. */
const FLAGS: Readonly<Record<string, string>> = {
  dtype: "--dtype",
  threads: "--threads",
  maxLength: "--max-length",
  revision: "--revision",
  model: "--model",
  models: "--model",
  apiKeys: "--api-key",
  cors: "--cors",
};

/** Replaces names of options in an error message by flags. */
export function flagOf(message: string): string {
  return inFlags(message, FLAGS);
}
