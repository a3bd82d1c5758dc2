/** A function from scores to probabilities that never falls, and how it is saved. */
export interface ScoreCurve {
  /** The probability that a passage of this score is relevant, from 0 to 1. */
  probability(score: number): number;
}
