import type { TextPair } from "@secondpass/core";

/** Pairs that are sent in one request, with their indices in the caller's list. */
export interface Batch {
  readonly pairs: readonly TextPair[];
  /** [pairs] Index of each pair in the caller's list. */
  readonly indices: readonly number[];
}
