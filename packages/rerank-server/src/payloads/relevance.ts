/** [labels] logits → the logit of "relevant": the only one, else the one at index 1, as in LangChain's HuggingFaceCrossEncoder. */
export function relevantLogit(logits: Float32Array): number {
  return logits[logits.length === 1 ? 0 : 1] as number;
}

/** [labels] logits → the relevance, 0 … 1: the sigmoid of the only one, else the softmax at index 1. */
export function relevance(logits: Float32Array): number {
  return logits.length === 1 ? sigmoid(logits[0] as number) : (softmax(logits)[1] as number);
}

/** ℝ → (0, 1), without overflow for large negative numbers. */
export function sigmoid(logit: number): number {
  if (logit >= 0) return 1 / (1 + Math.exp(-logit));
  const e = Math.exp(logit);
  return e / (1 + e);
}

/** [labels] logits → [labels] probabilities that sum to 1. */
export function softmax(logits: Float32Array): number[] {
  const highest = Math.max(...logits);
  const powers = [...logits].map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
