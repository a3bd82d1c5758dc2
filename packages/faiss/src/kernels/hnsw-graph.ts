import type { GraphLinks } from "./graph-links.js";
import type { LinkTarget } from "./link-batch.js";
import type { LinkThreads } from "./link-threads.js";
import type { RowStore } from "./row-store.js";
import type { TopK } from "./top-k.js";

/** The nodes that a search may return. */
export interface NodeFilter {
  /** Bitmap of nodes that may be returned; the walk also passes through others. */
  readonly allowed: Uint8Array;
  /** Number of allowed nodes. */
  readonly allowedCount: number;
  /** Maximum number of nodes whose links are followed. */
  readonly maxVisits: number;
}

/** Threads for linking, and the signal that stops it. */
export interface ThreadOptions {
  /** Threads that help. @default none */
  readonly threads?: LinkThreads | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Options for linking nodes. */
export interface LinkOptions extends ThreadOptions {
  /** Candidates that a node keeps while looking for its neighbours. */
  readonly efConstruction: number;
}

/** An HNSW graph over rows that it stores; `count` equals `rows.count` between calls. */
export interface HnswGraph extends GraphLinks {
  readonly rows: RowStore;

  /** Maximum number of nodes of one `addNodes`. */
  readonly batchNodes: number;

  /**
   * Gets threads for adding `total` nodes, if that is long work and the graph may use threads. Release them afterwards.
   */
  openThreads(total: number, efConstruction: number): Promise<LinkThreads | undefined>;

  /**
   * Adds rows as nodes and links them, in slices of a few milliseconds or in threads: all of them, or none if it fails.
   * @param levels the highest level of each
   * @throws MemoryLimitError, ScanWorkerError; the signal's reason, unless all are linked
   */
  addNodes(rows: Float32Array, levels: Uint8Array, options: LinkOptions): Promise<void>;

  /**
   * Prepares some nodes that were read from a file, for a few milliseconds: `addNodes` needs all nodes prepared,
   * and searches are faster on them. Returns whether there are more.
   */
  prepare(): boolean;

  /**
   * Adds links to nodes; if there is no room for all, the best of old and new ones are chosen. All targets or none.
   * @throws MemoryLimitError, ScanWorkerError; the signal's reason
   */
  mergeLinks(targets: readonly LinkTarget[], options: ThreadOptions): Promise<void>;

  /**
   * The best of the `ef` nodes found by walking the graph; nothing if the walk would need more than the filter's
   * `maxVisits`.
   */
  search(query: Float32Array, k: number, ef: number, filter?: NodeFilter): TopK;
}
