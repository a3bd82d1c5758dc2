/** A token of a text. */
export interface TextToken {
  readonly id: number;
  /** The part of the text that it covers; for a special token, its spelling. */
  readonly text: string;
  /** Whether the tokenizer has added it around the text. */
  readonly isSpecial: boolean;
  /** Start and end of its part, in UTF-16 units: `text.slice(start, end)`. Undefined for special tokens. */
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** Options of one call of `tokenize`. */
export interface TokenizeOptions {
  /** Whether special tokens are added around the text. @default true */
  readonly addSpecialTokens?: boolean;
  readonly signal?: AbortSignal;
}
