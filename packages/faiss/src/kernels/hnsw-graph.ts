import type { GraphLinks } from "./graph-links.js";
import type { LinkTarget } from "./link-batch.js";
import type { LinkThreads } from "./link-threads.js";
import type { RowStore } from "./row-store.js";
import type { TopK } from "./top-k.js";

/** Which nodes a search may return. */
export interface NodeFilter {
  /** Bitmap over nodes that may be returned; others are walked through. */
  readonly allowed: Uint8Array;
  /** How many those are. */
  readonly allowedCount: number;
  /** Nodes whose links are followed at most. */
  readonly maxVisits: number;
}

/** Who works on links, and until when. */
export interface ThreadOptions {
  /** Threads that help. @default none */
  readonly threads?: LinkThreads | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How nodes are linked. */
export interface LinkOptions extends ThreadOptions {
  /** Candidates that a node keeps while looking for its neighbours. */
  readonly efConstruction: number;
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
   * Gives nodes further links, chosen among those that they have and those that are added where there is no room for all. All or none.
   * @throws MemoryLimitError, ScanWorkerError; the signal's reason
   */
  mergeLinks(targets: readonly LinkTarget[], options: ThreadOptions): Promise<void>;

  /**
   * The best of the `ef` nodes found by walking the graph; nothing if a filter lets so few nodes through that more than it says would have to be
   * visited.
   */
  search(query: Float32Array, k: number, ef: number, filter?: NodeFilter): TopK;
}
