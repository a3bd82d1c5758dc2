/**
 * Settings for long texts. Attention compares every token with every other. If it is computed as a whole, its memory grows with the square of the
 * text's length, and its time grows even faster when the scores no longer fit into the CPU's caches. For longer texts, it is computed in tiles if
 * the batch has no padding, otherwise in blocks of queries. Then memory grows linearly.
 */
export interface LongTexts {
  /** Maximum number of tokens in a text that may share a batch with texts of other lengths. Attention over longer texts can be computed in tiles. */
  readonly padded: number;
  /** Maximum number of tokens whose attention is computed as a whole if texts are padded. */
  readonly whole: number;
  /** Number of queries in a block. */
  readonly block: number;
}

/**
 * Up to 128 tokens, passes with one text each are slower than shared passes, and tiles save nothing: see
 * bench/results/2026-11-30-attention-in-tiles.md. The scores of 12 heads take 50 MB for 1,024 tokens, and as much for a block of 128 queries in a
 * text of 8,000 tokens.
 */
export const LONG_TEXTS: LongTexts = { padded: 128, whole: 1024, block: 128 };
