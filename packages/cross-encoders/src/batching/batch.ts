import type { TextPair } from "@secondpass/core";

/** Pairs that are sent in one request, with their places in the caller's list. */
export interface Batch {
  readonly pairs: readonly TextPair[];
  /** [pairs] place of each pair in the caller's list. */
  readonly indices: readonly number[];
}
