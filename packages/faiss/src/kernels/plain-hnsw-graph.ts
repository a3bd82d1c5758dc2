import { workSlices } from "@secondpass/core";
import type { Metric } from "../contract/metric.js";
import { IndexDisposedError } from "../errors/index-disposed-error.js";
import type { HnswGraph, LinkOptions, NodeFilter, ThreadOptions } from "./hnsw-graph.js";
import { type LinkTarget, MAX_BATCH_NODES } from "./link-batch.js";
import { LinkedGraph, type NodeDistance } from "./linked-graph.js";
import { PlainRowStore } from "./plain-row-store.js";
import { scoreRow } from "./score-row.js";
import type { TopK } from "./top-k.js";

/** An HNSW graph over rows in ordinary memory: for engines without WASM SIMD, and for metrics that the kernels do not support. */
export class PlainHnswGraph implements HnswGraph {
  readonly rows: PlainRowStore;
  readonly batchNodes = MAX_BATCH_NODES;
  private readonly linked: LinkedGraph;

  constructor(
    readonly dimensions: number,
    private readonly metric: Metric,
    readonly slots: Int32Array,
    private readonly metricArg = 0,
  ) {
    this.rows = new PlainRowStore(dimensions);
    this.linked = new LinkedGraph(slots, (node) => this.distancesFrom(this.rows.data, node));
  }

  get count(): number {
    return this.linked.count;
  }

  get entry(): number {
    return this.linked.entry;
  }

  get maxLevel(): number {
    return this.linked.maxLevel;
  }

  levelOf(node: number): number {
    return this.linked.levelOf(node);
  }

  async openThreads(): Promise<undefined> {}

  async addNodes(rows: Float32Array, levels: Uint8Array, options: LinkOptions): Promise<void> {
    const { efConstruction, signal } = options;
    const slices = workSlices(signal);
    const first = this.count;
    this.rows.append(rows);
    this.linked.addFree(levels);
    // From here on the signal is ignored: a node without links could never be found.
    for (let node = first; node < this.count; node++) {
      this.linked.insert(node, efConstruction);
      if (!slices.due()) continue;
      await slices.pause({ ignoreSignal: true });
      // Stop if the index is disposed: nobody waits for the rest.
      if (signal?.reason instanceof IndexDisposedError) throw signal.reason;
    }
  }

  loadNodes(levels: Uint8Array, links: Int32Array): void {
    this.linked.loadNodes(levels, links);
  }

  loadEntry(entry: number, maxLevel: number): void {
    this.linked.loadEntry(entry, maxLevel);
  }

  linksOf(node: number, level: number): Int32Array {
    return this.linked.linksOf(node, level);
  }

  copyLinks(first: number, last: number): Int32Array {
    return this.linked.copyLinks(first, last);
  }

  prepare(): boolean {
    return false;
  }

  async mergeLinks(targets: readonly LinkTarget[], { signal }: ThreadOptions): Promise<void> {
    const slices = workSlices(signal);
    for (const target of targets) {
      this.linked.merge(target);
      if (slices.due()) await slices.pause({ ignoreSignal: true });
    }
  }

  search(query: Float32Array, k: number, ef: number, filter?: NodeFilter): TopK {
    return this.linked.search(this.distancesFrom(query, 0), k, ef, filter);
  }

  /** Distances of nodes to vector `index` of `vectors`. */
  private distancesFrom(vectors: Float32Array, index: number): NodeDistance {
    const { dimensions, metric, metricArg } = this;
    const rows = this.rows.data;
    const start = index * dimensions;
    return (node) => -scoreRow(metric, vectors, start, rows, node * dimensions, dimensions, metricArg);
  }
}
