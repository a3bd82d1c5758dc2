import type { RowStore } from "./row-store.js";
import type { TopK } from "./top-k.js";

/**
 * The nodes and links of an HNSW graph over rows that it stores. Links are in faiss's form: a node on levels 0…l has
 * `slots[l + 1]` slots, level by level; level l takes `slots[l]`…`slots[l + 1]` of them, filled from the front, -1 where
 * free.
 */
export interface HnswGraph {
  readonly rows: RowStore;
  /** faiss's cum_nneighbor_per_level: slots[0] is 0. */
  readonly slots: Int32Array;
  /** Nodes; equals `rows.count` between calls. */
  readonly count: number;
  /** Where searches start; -1 while empty. */
  readonly entry: number;
  /** Top level, from 0; -1 while empty. */
  readonly maxLevel: number;

  /** The highest level of a node. */
  levelOf(node: number): number;

  /** Stores rows as new nodes without links; `levels` has the highest level of each. */
  addNodes(rows: Float32Array, levels: Uint8Array): void;

  /**
   * Prepares some nodes that were read from a file, a few milliseconds' work: `addNodes` needs all of them prepared,
   * searches are faster over them. Returns whether there are more.
   */
  prepare(): boolean;

  /** Links a node of `addNodes` with those linked before. */
  insert(node: number, efConstruction: number): void;

  /** Makes further nodes with links from a file; their rows are appended to `rows` before or after. */
  loadNodes(levels: Uint8Array, links: Int32Array): void;

  /** Sets where searches start, after `loadNodes` and once all rows are there. */
  loadEntry(entry: number, maxLevel: number): void;

  /** All slots of nodes first…last-1, one after the other. */
  copyLinks(first: number, last: number): Int32Array;

  /**
   * The best of the `ef` nodes found by walking the graph.
   * @param allowed bitmap over nodes that may be returned; others are walked through
   */
  search(query: Float32Array, k: number, ef: number, allowed?: Uint8Array): TopK;
}

/** Slots of nodes with these levels, together. */
export function countSlots(slots: Int32Array, levels: Uint8Array): number {
  let total = 0;
  for (const level of levels) total += slots[level + 1]!;
  return total;
}
