import type { NamedToken } from "./tokenizer-class.js";

/** A special token as transformers makes it of its spelling. */
export function specialToken(content: string): NamedToken {
  return { content, special: true, normalized: false };
}
