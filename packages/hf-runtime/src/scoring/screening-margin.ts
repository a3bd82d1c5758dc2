/**
 * Least margin, as a part of the scores' standard deviation. On the real all-MiniLM-L6-v2 (2026-11-23, bench/embed/drift.mjs, 305
 * candidates of 28 questions) int8 moved cosines by 0.033 of it in the median, 0.17 at 99 %, 0.27 at worst, either way; what
 * can be missed is only what int8 put too low.
 */
const LEAST_OF_SPREAD = 0.2;

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
