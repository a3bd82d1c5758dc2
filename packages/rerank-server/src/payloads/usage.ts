import { INTEGER, objectSchema } from "./values/object-schema.js";

/** Writes the number of tokens under both keys that clients read. */
export function usage(tokens: number): { prompt_tokens: number; total_tokens: number } {
  return { prompt_tokens: tokens, total_tokens: tokens };
}

export const USAGE_SCHEMA = objectSchema({ prompt_tokens: INTEGER, total_tokens: INTEGER });
