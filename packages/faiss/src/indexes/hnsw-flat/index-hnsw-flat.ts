import { checkKnownOptions, checkOneOf, onAbort, workSlices } from "@secondpass/core";
import { checkInteger } from "../../checks/check-integer.js";
import { checkK } from "../../checks/check-k.js";
import { checkPosition, checkRange } from "../../checks/check-position.js";
import { checkQueries, checkVectorsInSlices } from "../../checks/check-vectors.js";
import { checkSearchOptions, checkWorkOptions } from "../../checks/check-work-options.js";
import { METRICS, type Metric } from "../../contract/metric.js";
import type { SearchResult } from "../../contract/search-result.js";
import type { SearchOptions, VectorIndex, WorkOptions } from "../../contract/vector-index.js";
import { IndexDisposedError } from "../../errors/index-disposed-error.js";
import { UnsupportedOperationError } from "../../errors/unsupported-operation-error.js";
import { isAllowed, keepAllBut, toPositionBitmap } from "../../ids/id-filter.js";
import { createHnswGraph } from "../../kernels/create-hnsw-graph.js";
import type { HnswGraph } from "../../kernels/hnsw-graph.js";
import { packResults } from "../../kernels/pack-results.js";
import type { RowStore } from "../../kernels/row-store.js";
import type { TopK } from "../../kernels/top-k.js";
import { drawLevels, type HnswLevels, hnswLevels } from "../hnsw/hnsw-levels.js";
import { nodeFilter } from "../hnsw/node-filter.js";
import { copyRepaired } from "./copy-repaired.js";

/** Nodes copied in one step. */
const NODES_PER_STEP = 512;

/** Largest share of removed vectors for which the graph is repaired, in half the time of building it; beyond, it is built again. */
const REPAIRED_SHARE = 0.05;

/** Approximate number of nodes that choose links again for each removed one; at most the work of as many new nodes. */
const REPAIRED_PER_REMOVED = 8;

/**
 * Maximum number of nodes that a walk keeps: with this many it blocks the event loop for some 20 ms. A search for
 * more nodes is an exact scan, which is faster then.
 */
const MAX_WALK = 1 << 14;

/** How an HNSW graph is built and searched; defaults are faiss's. */
export interface HnswOptions {
  /** Links of a node on each level above 0, twice as many on level 0; 2 to 1024. @default 32 */
  readonly m?: number;
  /** Nodes kept while looking for a new node's neighbours: trades building time for recall. Minimum 1. @default 40 */
  readonly efConstruction?: number;
  /** Nodes kept while searching: trades search time for recall. Minimum 1. @default 16 */
  readonly efSearch?: number;
  readonly metric?: Metric;
  /**
   * Worker threads for linking many vectors, and for scans with a narrow filter (Node only): at most one for each core, and at most the number of
   * the process's first index or search; 1 for none. The graph is the same for any number. @default 4
   */
  readonly threads?: number;
}

/** The content of a file besides vectors and links. */
export interface HnswState {
  readonly levels: HnswLevels;
  readonly efConstruction: number;
  readonly efSearch: number;
  readonly metricArg?: number;
  /** Levels of the sums that faiss's `IndexHNSWFlatPanorama` keeps of each vector. */
  readonly panoramaLevels?: number | undefined;
}

/**
 * Approximate search by walking a hierarchical navigable small-world graph (Malkov and Yashunin 2016), in faiss's
 * terms and files: microseconds instead of milliseconds, with a small chance to miss a neighbour. Distances are exact;
 * from 16,384 vectors on, walks use int8 codes until the final distances (docs/decisions/0058).
 * Labels are positions. As in faiss, nothing can be removed.
 *
 * @example
 * const index = new IndexHNSWFlat(384, { m: 32, efConstruction: 200, metric: "inner_product" });
 * await index.add(vectors, { onProgress: (done, total) => console.log(done, total) });
 * await index.search(query, 10, { efSearch: 64 });
 */
export class IndexHNSWFlat implements VectorIndex {
  readonly kind: string;
  readonly isTrained = true;
  readonly labelsArePositions = true;
  readonly metric: Metric;
  readonly metricArg: number;
  readonly panoramaLevels: number | undefined;
  readonly levels: HnswLevels;
  readonly threads: number | undefined;
  #graph: HnswGraph | undefined;
  /** Aborts an `add` in progress. */
  #adding: AbortController | undefined;
  efConstruction: number;
  efSearch: number;

  constructor(
    readonly dimensions: number,
    options: HnswOptions = {},
    state?: HnswState,
    graph?: HnswGraph,
  ) {
    checkKnownOptions(options, ["m", "efConstruction", "efSearch", "metric", "threads"], "IndexHNSWFlat");
    const { m = 32, efConstruction = 40, efSearch = 16, metric = "l2", threads } = options;
    checkOneOf("metric", metric, METRICS);
    checkInteger("dimensions", dimensions, 1);
    checkInteger("m", m, 2, 1024);
    checkInteger("efConstruction", efConstruction, 1);
    checkInteger("efSearch", efSearch, 1);
    if (threads !== undefined) checkInteger("threads", threads, 1);
    this.threads = threads;
    this.metric = metric;
    this.metricArg = state?.metricArg ?? 0;
    this.panoramaLevels = state?.panoramaLevels;
    this.kind = this.panoramaLevels === undefined ? "IndexHNSWFlat" : "IndexHNSWFlatPanorama";
    this.levels = state?.levels ?? hnswLevels(m);
    this.efConstruction = state?.efConstruction ?? efConstruction;
    this.efSearch = state?.efSearch ?? efSearch;
    this.#graph = graph ?? createHnswGraph(dimensions, metric, this.levels.slots, this);
  }

  /** Nodes and links. @throws IndexDisposedError */
  get graph(): HnswGraph {
    if (this.#graph === undefined) throw new IndexDisposedError(this.kind);
    return this.#graph;
  }

  get ntotal(): number {
    return this.graph.count;
  }

  async train(): Promise<void> {}

  /**
   * Adds vectors and links the new nodes, which takes most of the time, in worker threads if there are many. If this fails or is aborted, the
   * vectors linked so far stay: the first ones, in whole batches of some hundred.
   * @throws ScanWorkerError, MemoryLimitError
   */
  async add(vectors: Float32Array, options: WorkOptions = {}): Promise<void> {
    checkWorkOptions(options, "add");
    const { dimensions } = this;
    const total = await checkVectorsInSlices(vectors, dimensions, "vectors", options.signal);
    await this.#link(total, (start, end) => vectors.subarray(start * dimensions, end * dimensions), options);
  }

  /** @param rows returns rows start…end-1 of the new nodes */
  async #link(
    total: number,
    rows: (start: number, end: number) => Float32Array,
    { signal, onProgress }: WorkOptions,
  ): Promise<void> {
    const { graph } = this;
    const slices = workSlices(signal);
    while (graph.prepare()) if (slices.due()) await slices.pause();
    const efConstruction = Math.min(this.efConstruction, MAX_WALK, Math.max(1, this.ntotal + total));
    const stop = new AbortController();
    this.#adding = stop;
    const undo = onAbort(signal, () => stop.abort(signal?.reason));
    const threads = await graph.openThreads(total, efConstruction);
    try {
      for (let start = 0; start < total; start += graph.batchNodes) {
        stop.signal.throwIfAborted();
        const end = Math.min(start + graph.batchNodes, total);
        const levels = drawLevels(this.levels, graph.count, end - start);
        await graph.addNodes(rows(start, end), levels, { efConstruction, threads, signal: stop.signal });
        onProgress?.(end, total);
      }
    } finally {
      threads?.release();
      undo();
    }
  }

  async addWithIds(): Promise<void> {
    throw new UnsupportedOperationError(this.kind, "addWithIds", "Wrap it in an IndexIDMap2.");
  }

  /**
   * Walks the graph and keeps `efSearch` nodes (at least k). With a filter, only allowed nodes are kept; the walk also passes through others, so that recall
   * stays the same. If a filter allows so few nodes that comparing all of them is faster, or if a walk finds too few, the search is an exact scan.
   * So is a search that would keep more than 16,384 nodes.
   */
  async search(queries: Float32Array, k: number, options: SearchOptions = {}): Promise<SearchResult> {
    checkSearchOptions(options);
    const { filter, signal, efSearch = this.efSearch } = options;
    const count = await checkQueries(queries, this.dimensions, signal);
    checkK(k, count);
    checkInteger("efSearch", efSearch, 1);
    const { metric, metricArg, ntotal, dimensions, graph } = this;
    const allowed = filter === undefined ? undefined : await toPositionBitmap(filter, ntotal, signal);
    const ef = Math.min(Math.max(efSearch, k), Math.max(1, ntotal));
    const byNode = allowed && nodeFilter(allowed, ntotal, ef, MAX_WALK);
    if (ef > MAX_WALK || (allowed !== undefined && byNode === undefined)) {
      const found = await graph.rows.scan({ metric, metricArg, queries, k, allowed, signal });
      return packResults(metric, found, count, k, signal);
    }
    const wanted = Math.min(k, byNode?.allowedCount ?? 0);
    const slices = workSlices(signal);
    const found: TopK[] = [];
    for (let start = 0; start < queries.length; start += dimensions) {
      if (slices.due()) await slices.pause();
      const query = queries.subarray(start, start + dimensions);
      let best = graph.search(query, k, ef, byNode);
      if (best.count < wanted) {
        const request = { metric, metricArg, queries: query, k, allowed, signal };
        [best] = (await graph.rows.scan(request)) as [TopK];
      }
      found.push(best);
    }
    return packResults(metric, found, count, k, signal);
  }

  reconstruct(label: bigint | number): Float32Array {
    const position = checkPosition(label, this.ntotal);
    return this.graph.rows.copyRows(position, position + 1);
  }

  reconstructN(start: number, count: number): Float32Array {
    checkRange(start, count, this.ntotal);
    return this.graph.rows.copyRows(start, start + count);
  }

  async removeIds(): Promise<number> {
    throw new UnsupportedOperationError(
      this.kind,
      "removeIds",
      "Pass a filter to `search` that leaves them out, or build the index again.",
    );
  }

  async clone(): Promise<IndexHNSWFlat> {
    const copy = await this.emptyCopy();
    const slices = workSlices();
    for (let first = 0; first < this.ntotal; first += NODES_PER_STEP) {
      const last = Math.min(first + NODES_PER_STEP, this.ntotal);
      const levels = Uint8Array.from({ length: last - first }, (_, i) => this.graph.levelOf(first + i));
      copy.graph.rows.append(this.graph.rows.copyRows(first, last));
      copy.graph.loadNodes(levels, this.graph.copyLinks(first, last));
      if (slices.due()) await slices.pause();
    }
    copy.graph.loadEntry(this.graph.entry, this.graph.maxLevel);
    return copy;
  }

  /**
   * Repairs the graph if few vectors are removed, in a fraction of the time of building it; builds it again if many are.
   */
  async without(labels: Iterable<number>, options: WorkOptions = {}): Promise<IndexHNSWFlat> {
    checkWorkOptions(options, "without");
    const { ntotal, graph } = this;
    const { kept, removed } = await keepAllBut(labels, ntotal, workSlices(options.signal));
    if (removed <= ntotal * REPAIRED_SHARE) {
      const repaired = await this.#copyRepaired(kept, removed, options);
      if (repaired !== undefined) return repaired;
    }
    const copy = await this.emptyCopy();
    await copy.#link(ntotal - removed, rowsIn(graph.rows, kept), options);
    return copy;
  }

  async #copyRepaired(
    kept: Uint8Array,
    removed: number,
    options: WorkOptions,
  ): Promise<IndexHNSWFlat | undefined> {
    const copy = await this.emptyCopy();
    const efConstruction = Math.min(this.efConstruction, MAX_WALK);
    const threads = await copy.graph.openThreads(removed * REPAIRED_PER_REMOVED, efConstruction);
    try {
      return (await copyRepaired(this.graph, copy.graph, kept, { ...options, threads })) ? copy : undefined;
    } finally {
      threads?.release();
    }
  }

  async emptyCopy(): Promise<IndexHNSWFlat> {
    return new IndexHNSWFlat(this.dimensions, { metric: this.metric, threads: this.threads }, this);
  }

  dispose(): void {
    this.#adding?.abort(new IndexDisposedError(this.kind));
    this.#graph = undefined;
  }
}

/** Reads the kept rows of a store in order. */
function rowsIn(rows: RowStore, kept: Uint8Array): (start: number, end: number) => Float32Array {
  let position = 0;
  return (start, end) => {
    const found = new Float32Array((end - start) * rows.dimensions);
    for (let filled = 0; filled < found.length; position++) {
      if (!isAllowed(kept, position)) continue;
      found.set(rows.copyRows(position, position + 1), filled);
      filled += rows.dimensions;
    }
    return found;
  };
}
