/**
 * The nodes and links of an HNSW graph. Links are in faiss's form: a node on levels 0…l has `slots[l + 1]` slots, level by level;
 * level l has `slots[l]`…`slots[l + 1]` of them, filled from the front; free ones are -1.
 */
export interface GraphLinks {
  /** faiss's cum_nneighbor_per_level: slots[0] is 0. */
  readonly slots: Int32Array;
  /** Number of nodes. */
  readonly count: number;
  /** Node at which searches start; -1 while empty. */
  readonly entry: number;
  /** Top level, from 0; -1 while empty. */
  readonly maxLevel: number;

  /** The highest level of a node. */
  levelOf(node: number): number;

  /** Adds nodes with links from a file. */
  loadNodes(levels: Uint8Array, links: Int32Array): void;

  /** Sets the entry point, after `loadNodes` and once the nodes' vectors or codes are there. */
  loadEntry(entry: number, maxLevel: number): void;

  /** A copy of a node's links on a level, without free slots. */
  linksOf(node: number, level: number): Int32Array;

  /** All slots of nodes first…last-1, one after the other. */
  copyLinks(first: number, last: number): Int32Array;
}

/** Total number of slots of nodes with these levels. */
export function countSlots(slots: Int32Array, levels: Uint8Array): number {
  let total = 0;
  for (const level of levels) total += slots[level + 1]!;
  return total;
}

/** The used slots of a level, up to the first free one. */
export function usedSlots(slots: Int32Array): Int32Array {
  const free = slots.indexOf(-1);
  return free < 0 ? slots : slots.subarray(0, free);
}
