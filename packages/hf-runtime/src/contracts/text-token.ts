/** A token of a text. */
export interface TextToken {
  readonly id: number;
  /** The part of the text that it stands for; the spelling of a special token. */
  readonly text: string;
  /** Whether the tokenizer has put it around the text. */
  readonly isSpecial: boolean;
  /** Where its part starts and ends, in UTF-16 units: `text.slice(start, end)`. Undefined for special tokens. */
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** What one call of `tokenize` may ask for. */
export interface TokenizeOptions {
  /** Whether special tokens are put around the text. @default true */
  readonly addSpecialTokens?: boolean;
  readonly signal?: AbortSignal;
}
