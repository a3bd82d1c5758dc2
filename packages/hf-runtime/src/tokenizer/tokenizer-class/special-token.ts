import type { NamedToken } from "./tokenizer-class.js";

/** Builds a special token from its spelling, with the flags that transformers sets. */
export function specialToken(content: string): NamedToken {
  return { content, special: true, normalized: false };
}
