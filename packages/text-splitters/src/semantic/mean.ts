import { pairwiseSum } from "./pairwise-sum.js";

/** numpy's `mean` of at least one value. */
export function mean(values: readonly number[]): number {
  return pairwiseSum(values) / values.length;
}
