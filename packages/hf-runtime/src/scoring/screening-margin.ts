/**
 * Least margin, as a part of the scores' standard deviation: twice what int8 was seen to put a pair too low by. On the mini reranker
 * (2026-11-25, bench/rerank/margins.mjs, BM25's best 100 of 75 questions) that was 0.028 at 99 %, 0.046 at 99.9 %, 0.057 at
 * worst. No best 3 was missed at any margin from 0 to 0.3; from 0.05 to 0.3, 3.3 to 4.7 % of 100 candidates are scored again.
 */
const LEAST_OF_SPREAD = 0.15;

/** How much further than the worst drift seen another pair's is allowed for: those seen are few, at first `topN`. */
const WORST_SEEN_FACTOR = 2;

/**
 * How far above its int8 score a pair's float32 score may lie, in logits.
 * @param scores int8 logits of all candidates
 * @param drifts float32 minus int8 of the pairs scored both ways
 */
export function screeningMargin(scores: readonly number[], drifts: readonly number[]): number {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const spread = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length);
  const worst = drifts.reduce((largest, drift) => Math.max(largest, Math.abs(drift)), 0);
  return Math.max(LEAST_OF_SPREAD * spread, WORST_SEEN_FACTOR * worst);
}
