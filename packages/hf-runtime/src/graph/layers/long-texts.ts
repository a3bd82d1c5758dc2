/**
 * Attention compares each token with each: all at once, its memory grows with the square of the text. In a longer text than `whole`
 * the queries are taken in blocks, one after the other, and memory grows with the text.
 */
export interface LongTexts {
  /** Most tokens whose attention is computed at once. */
  readonly whole: number;
  /** Queries in a block. */
  readonly block: number;
}

/** At 1,024 tokens, the scores of 12 heads take 50 MB; in a text of 8,000 tokens, as much as in blocks of 128 queries. */
export const LONG_TEXTS: LongTexts = { whole: 1024, block: 128 };
