/** How token vectors become one vector: the first or the last token's vector, the maximum of each dimension, or a kind of mean. */
export type PoolingMode = "cls" | "max" | "mean" | "mean_sqrt_len_tokens" | "weightedmean" | "lasttoken";

/** Every mode. Older configuration files name several modes without an order; their vectors are concatenated in this order. */
export const POOLING_MODES: readonly PoolingMode[] = [
  "cls",
  "max",
  "mean",
  "mean_sqrt_len_tokens",
  "weightedmean",
  "lasttoken",
];
