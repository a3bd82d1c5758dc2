import type { GraphLinks } from "./graph-links.js";
import type { LinkThreads } from "./link-threads.js";
import type { RowStore } from "./row-store.js";
import type { TopK } from "./top-k.js";

/** How nodes are linked. */
export interface LinkOptions {
  /** Candidates that a node keeps while looking for its neighbours. */
  readonly efConstruction: number;
  /** Threads that help. @default none */
  readonly threads?: LinkThreads | undefined;
  readonly signal?: AbortSignal;
}

/** An HNSW graph over rows that it stores; `count` equals `rows.count` between calls. */
export interface HnswGraph extends GraphLinks {
  readonly rows: RowStore;

  /** Nodes that `addNodes` takes at most. */
  readonly batchNodes: number;

  /**
   * Gets threads for adding `total` nodes, if that is long work, the graph may use threads and there are any. Release them after.
   */
  openThreads(total: number, efConstruction: number): Promise<LinkThreads | undefined>;

  /**
   * Adds rows as nodes and links them, in slices of a few milliseconds or in threads: all of them, or none if it fails.
   * @param levels the highest level of each
   * @throws MemoryLimitError, ScanWorkerError; the signal's reason, unless all are linked
   */
  addNodes(rows: Float32Array, levels: Uint8Array, options: LinkOptions): Promise<void>;

  /**
   * Prepares some nodes that were read from a file, a few milliseconds' work: `addNodes` needs all of them prepared,
   * searches are faster over them. Returns whether there are more.
   */
  prepare(): boolean;

  /**
   * The best of the `ef` nodes found by walking the graph.
   * @param allowed bitmap over nodes that may be returned; others are walked through
   */
  search(query: Float32Array, k: number, ef: number, allowed?: Uint8Array): TopK;
}
