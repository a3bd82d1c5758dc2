import { inFlags } from "../options/in-flags.js";

/** Flags of `serve` by the options that the packages beneath name in their errors. */
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

/** Names flags instead of options in the text of an error. */
export function flagOf(message: string): string {
  return inFlags(message, FLAGS);
}
