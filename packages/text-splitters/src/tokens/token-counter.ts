import type { LengthFunction } from "../length/length-function.js";

/** A tokenizer that only counts tokens. Texts are cut between words, and chunks are exact parts of the text. */
export type TokenCounter = LengthFunction | { countTokens(text: string): number | Promise<number> };
