import type { GraphLinks } from "./graph-links.js";
import type { RowStore } from "./row-store.js";
import type { TopK } from "./top-k.js";

/** An HNSW graph over rows that it stores; `count` equals `rows.count` between calls. */
export interface HnswGraph extends GraphLinks {
  readonly rows: RowStore;

  /** Stores rows as new nodes without links; `levels` has the highest level of each. */
  addNodes(rows: Float32Array, levels: Uint8Array): void;

  /**
   * Prepares some nodes that were read from a file, a few milliseconds' work: `addNodes` needs all of them prepared,
   * searches are faster over them. Returns whether there are more.
   */
  prepare(): boolean;

  /** Links a node of `addNodes` with those linked before. */
  insert(node: number, efConstruction: number): void;

  /**
   * The best of the `ef` nodes found by walking the graph.
   * @param allowed bitmap over nodes that may be returned; others are walked through
   */
  search(query: Float32Array, k: number, ef: number, allowed?: Uint8Array): TopK;
}
