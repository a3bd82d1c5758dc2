import { PAIR_BYTES } from "./graph.js";
import { MAX_BATCH_NODES } from "./link-batch.js";

/** Where a walk keeps what it works with, in bytes from the start of its room. */
export interface WalkScratch {
  readonly bytes: number;
  readonly candidateCapacity: number;
  readonly resultsAt: number;
  readonly selectionAt: number;
}

/**
 * Room for a walk that keeps `ef` nodes, and for choosing among the widest level's slots and whatever a batch adds to them.
 * @param slots faiss's cum_nneighbor_per_level
 */
export function walkScratch(slots: Int32Array, ef: number): WalkScratch {
  const candidateCapacity = 16 * ef + 4096;
  const widest = slots.reduce((most, end, i) => Math.max(most, end - (slots[i - 1] ?? 0)), 0);
  const resultsAt = candidateCapacity * PAIR_BYTES;
  const selectionAt = resultsAt + (ef + 1) * PAIR_BYTES;
  const bytes = selectionAt + (widest + MAX_BATCH_NODES + 1) * PAIR_BYTES;
  return { bytes, candidateCapacity, resultsAt, selectionAt };
}
