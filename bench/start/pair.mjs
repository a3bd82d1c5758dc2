/** The pair to score. */
export const PAIR = [
  "How do I choose a score threshold for a reranker?",
  "A threshold is chosen on questions whose answers are known: calibrate the scores, then take the one that keeps most of the right passages.",
];
