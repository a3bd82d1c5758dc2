/** How token vectors become one vector: that of the first or the last token, the largest of each dimension, or a kind of mean. */
export type PoolingMode = "cls" | "max" | "mean" | "mean_sqrt_len_tokens" | "weightedmean" | "lasttoken";

/** Every mode, in the order that older files' modes are concatenated in. */
export const POOLING_MODES: readonly PoolingMode[] = [
  "cls",
  "max",
  "mean",
  "mean_sqrt_len_tokens",
  "weightedmean",
  "lasttoken",
];
