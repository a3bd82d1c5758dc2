import { PAIR_BYTES } from "./graph.js";
import { MAX_BATCH_NODES } from "./link-batch.js";

/** The layout of a walk's scratch memory, in bytes from its start. */
export interface WalkScratch {
  readonly bytes: number;
  readonly candidateCapacity: number;
  readonly resultsAt: number;
  readonly selectionAt: number;
}

/**
 * Scratch memory for a walk that keeps `ef` nodes, and for choosing among the widest level's slots and the nodes that a batch adds.
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
