/**
 * Attention compares each token with each: all at once, its memory grows with the square of the text, and its time even faster once the scores have
 * outgrown the CPU's caches. Longer texts are computed in tiles if nothing is padded, else in blocks of queries; memory then grows with the text.
 */
export interface LongTexts {
  /** Most tokens of a text that may share a batch with texts of other lengths. Attention over longer ones can be computed in tiles. */
  readonly padded: number;
  /** Most tokens whose attention is computed at once where texts are padded. */
  readonly whole: number;
  /** Queries in a block. */
  readonly block: number;
}

/**
 * Of 128 tokens or fewer, passes of one text each take longer than shared ones, and tiles save nothing: see
 * bench/results/2026-11-30-attention-in-tiles.md. At 1,024 tokens, the scores of 12 heads take 50 MB; in a text of 8,000 tokens, as much as in
 * blocks of 128 queries.
 */
export const LONG_TEXTS: LongTexts = { padded: 128, whole: 1024, block: 128 };
