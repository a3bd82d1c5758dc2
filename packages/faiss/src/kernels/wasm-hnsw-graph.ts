import { workSlices } from "@secondpass/core";
import type { Metric } from "../contract/metric.js";
import { MemoryLimitError } from "../errors/memory-limit-error.js";
import { alignUp } from "./align-up.js";
import { CODE_HEADER_BYTES, ENCODING_WORDS, GRAPH, GRAPH_BYTES } from "./graph.js";
import { countSlots, usedSlots } from "./graph-links.js";
import { GraphRecords, NODE_HEADER_BYTES } from "./graph-records.js";
import { HEAP } from "./heap.js";
import type { HnswGraph, LinkOptions, NodeFilter, ThreadOptions } from "./hnsw-graph.js";
import { batchNodes, LinkBatch, type LinkTarget } from "./link-batch.js";
import { LinkThreads } from "./link-threads.js";
import { startScanWorkers } from "./scan-workers.js";
import { TopK } from "./top-k.js";
import { walkScratch } from "./walk-scratch.js";
import type { WasmArena } from "./wasm-arena.js";
import { WasmRowStore } from "./wasm-row-store.js";

/** Approximate bytes of a chunk of nodes: large enough for few chunks, small enough to waste little. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** Number of rows whose mean is the centre of the int8 codes. */
const CENTRE_ROWS = 4096;

/** Rows encoded in one step: about 3 ms with 384 dimensions. */
const ENCODE_ROWS = 2048;

/** Nodes times efConstruction from which threads help: a quarter of a second of work, compared with a tenth for starting them. */
const THREADS_FROM_CANDIDATES = 50_000;

/** An HNSW graph in one WASM memory: built with int8 codes, and walked by codes or by float32 rows, most of which codes make unnecessary. */
export class WasmHnswGraph implements HnswGraph {
  readonly rows: WasmRowStore;
  private readonly shift: number;
  private readonly graph: number;
  private readonly codeStride: number;
  private readonly records: GraphRecords;
  private readonly codeChunks: number[] = [];
  private scratch: { address: number; bytes: number } | undefined;
  private scratchEf = 0;

  /** @param threads worker threads for long work; below 2 the memory is not shared */
  constructor(
    readonly dimensions: number,
    metric: Metric,
    readonly slots: Int32Array,
    private readonly threads = 1,
  ) {
    const stride = alignUp(dimensions * 4, 16);
    this.codeStride = CODE_HEADER_BYTES + alignUp(dimensions, 16);
    // A node has 1 / (m - 1) upper levels on average; 1 is enough for every m.
    const otherBytesPerRow = this.codeStride + NODE_HEADER_BYTES + slots[1]! * 4 + 64;
    this.shift = Math.max(3, Math.floor(Math.log2(CHUNK_BYTES / (stride + otherBytesPerRow))));
    this.rows = new WasmRowStore(dimensions, {
      int8: false,
      segmentRows: 1 << this.shift,
      otherBytesPerRow,
      threads,
    });

    const { arena } = this.rows;
    this.records = new GraphRecords(arena, slots, this.shift);
    this.graph = arena.reserve(GRAPH_BYTES);
    const tableBytes = this.rows.segmentsPerShard * 4;
    const slotsAt = arena.reserve(slots.byteLength);
    new Int32Array(arena.memory.buffer, slotsAt, slots.length).set(slots);
    this.words.fill(0);
    this.set("rows", arena.reserve(tableBytes));
    this.set("codes", arena.reserve(tableBytes));
    const linksAt = arena.reserve(tableBytes);
    this.set("links", linksAt);
    // The visited marks are at the beginning of a chunk of links.
    this.set("marks", linksAt);
    this.set("shift", this.shift);
    this.set("stride", stride);
    this.set("codeStride", this.codeStride);
    this.set("metric", metric === "inner_product" ? 0 : 1);
    this.set("slots", slotsAt);
    this.set("entry", -1);
    this.set("maxLevel", -1);
    this.set("centre", arena.reserve(stride));
    this.set("dimensions", dimensions);
    this.set("levelWidth", slots[1]!);
  }

  get count(): number {
    return this.records.count;
  }

  get entry(): number {
    return this.get("entry");
  }

  get maxLevel(): number {
    return this.get("maxLevel");
  }

  levelOf(node: number): number {
    return this.records.levelOf(node);
  }

  get batchNodes(): number {
    return batchNodes(this.slots);
  }

  async openThreads(
    total: number,
    efConstruction: number,
    startWorkers = startScanWorkers,
  ): Promise<LinkThreads | undefined> {
    if (this.threads < 2 || total * efConstruction < THREADS_FROM_CANDIDATES) return undefined;
    const workers = await startWorkers(this.threads);
    if (workers === undefined) return undefined;
    const { arena, graph: address, slots, shift, count } = this;
    const graph = { arena, address, slots, chunkNodes: 1 << shift, nodes: count + total };
    try {
      return new LinkThreads(graph, efConstruction, workers, this.threads);
    } catch (error) {
      // If there is no memory for marks, the calling thread does all the work.
      if (error instanceof MemoryLimitError) return undefined;
      throw error;
    }
  }

  async addNodes(rows: Float32Array, levels: Uint8Array, options: LinkOptions): Promise<void> {
    const first = this.count;
    const before = this.words.slice();
    try {
      this.rows.append(rows);
      this.makeRecords(levels);
      while (this.prepare());
      await this.link(first, levels, options);
    } catch (error) {
      this.rows.truncate(first);
      this.records.truncate(first);
      this.set("count", first);
      const { words } = this;
      for (const word of ENCODING_WORDS) words[word] = before[word]!;
      throw error;
    }
  }

  async mergeLinks(targets: readonly LinkTarget[], options: ThreadOptions): Promise<void> {
    this.ensureScratch(1);
    const batch = new LinkBatch(this.arena, this.slots, this.count, new Uint8Array(0), 1);
    try {
      batch.setTargets(targets);
      await this.merge(batch, options);
    } finally {
      batch.release();
    }
  }

  prepare(): boolean {
    const first = this.get("encoded");
    const last = Math.min(first + ENCODE_ROWS, this.count);
    if (first === last) return false;
    const chunkNodes = 1 << this.shift;
    while (this.codeChunks.length * chunkNodes < last) {
      this.codeChunks.push(this.arena.reserve(chunkNodes * this.codeStride));
    }
    this.setTable("codes", this.codeChunks);
    if (first === 0) this.chooseCentre();
    this.arena.kernels.encodeRows(this.graph, first, last);
    return last < this.count;
  }

  loadNodes(levels: Uint8Array, links: Int32Array): void {
    const first = this.count;
    this.makeRecords(levels);
    let start = 0;
    for (let node = first; node < this.count; node++) {
      for (const run of this.records.runs(node)) {
        run.set(links.subarray(start, start + run.length));
        start += run.length;
      }
    }
  }

  loadEntry(entry: number, maxLevel: number): void {
    this.setTable("rows", this.rows.segmentRowAddresses());
    this.set("entry", entry);
    this.set("maxLevel", maxLevel);
  }

  linksOf(node: number, level: number): Int32Array {
    return usedSlots(this.records.slotsOf(node, level).slice());
  }

  copyLinks(first: number, last: number): Int32Array {
    const links = new Int32Array(countSlots(this.slots, this.records.levels(first, last)));
    let start = 0;
    for (let node = first; node < last; node++) {
      for (const run of this.records.runs(node)) {
        links.set(run, start);
        start += run.length;
      }
    }
    return links;
  }

  search(query: Float32Array, k: number, ef: number, filter?: NodeFilter): TopK {
    // Nodes that do not pass the filter are also candidates.
    this.ensureScratch(Math.max(ef, filter?.maxVisits ?? 0));
    const { arena } = this;
    const capacity = Math.min(k, this.count);
    this.prepare();
    const stride = this.get("stride");
    const queryBytes = stride + 2 * (this.codeStride - CODE_HEADER_BYTES);
    const heapBytes = HEAP.headerBytes + capacity * HEAP.entryBytes;
    const block = arena.borrow(queryBytes + heapBytes + (filter?.allowed.length ?? 0));
    const heap = block.address + queryBytes;
    const target = arena.f32(block.address, stride / 4);
    target.fill(0);
    target.set(query);
    arena.u32(heap, 2).set([0, capacity]);
    if (filter !== undefined) {
      arena.u8(heap + heapBytes, filter.allowed.length).set(filter.allowed);
      this.set("allowed", heap + heapBytes);
      this.set("maxVisits", filter.maxVisits);
    }
    arena.kernels.searchGraph(this.graph, block.address, block.address + stride, ef, heap);
    this.set("allowed", 0);

    const best = new TopK(capacity);
    const size = arena.u32(heap, 1)[0]!;
    const scores = arena.f64(heap + HEAP.headerBytes, size * 2);
    const nodes = arena.u32(heap + HEAP.headerBytes, size * 4);
    for (let i = 0; i < size; i++) best.push(scores[i * 2]!, nodes[i * 4 + 2]!);
    arena.release(block);
    return best;
  }

  private get arena(): WasmArena {
    return this.rows.arena;
  }

  private get words(): Int32Array {
    return this.arena.i32(this.graph, GRAPH_BYTES / 4);
  }

  private get(field: keyof typeof GRAPH): number {
    return this.words[GRAPH[field]]!;
  }

  private set(field: keyof typeof GRAPH, value: number): void {
    this.words[GRAPH[field]] = value;
  }

  /** Makes scratch memory for a walk that keeps `ef` nodes. */
  private ensureScratch(ef: number): void {
    if (this.scratch !== undefined && ef <= this.scratchEf) return;
    if (this.scratch !== undefined) this.arena.release(this.scratch);
    const scratch = walkScratch(this.slots, ef);
    this.scratch = this.arena.borrow(scratch.bytes);
    this.scratchEf = ef;
    const { address } = this.scratch;
    this.set("candidates", address);
    this.set("candidateCapacity", scratch.candidateCapacity);
    this.set("results", address + scratch.resultsAt);
    this.set("selection", address + scratch.selectionAt);
  }

  /** Links nodes whose rows, codes and records exist: all of them, or none if it fails. */
  private async link(first: number, levels: Uint8Array, options: LinkOptions): Promise<void> {
    const { efConstruction } = options;
    this.ensureScratch(efConstruction);
    const batch = new LinkBatch(this.arena, this.slots, first, levels, efConstruction);
    try {
      await this.run("findLinks", batch, options);
      batch.groupByTarget();
      await this.merge(batch, options);
    } finally {
      batch.release();
    }
  }

  private async merge(batch: LinkBatch, options: ThreadOptions): Promise<void> {
    await this.run("mergeLinks", batch, options);
    options.signal?.throwIfAborted();
    this.arena.kernels.commitLinks(this.graph, batch.address);
  }

  private async run(
    kernel: "findLinks" | "mergeLinks",
    batch: LinkBatch,
    { threads, signal }: ThreadOptions,
  ): Promise<void> {
    batch.restart();
    if (await threads?.run(kernel, batch, signal)) return;
    // Nothing of the batch is in the graph yet, so the work can start again.
    batch.restart();
    const slices = workSlices(signal);
    while (this.arena.kernels[kernel](this.graph, batch.address, 1)) if (slices.due()) await slices.pause();
  }

  /** Adds records with free slots for nodes whose rows are stored. */
  private makeRecords(levels: Uint8Array): void {
    this.records.append(levels);
    this.set("count", this.count);
    this.setTable("links", this.records.chunks);
    this.setTable("rows", this.rows.segmentRowAddresses());
  }

  /** Sets the centre to the mean of the first rows; otherwise a dimension that is large in all rows would use all the precision. */
  private chooseCentre(): void {
    const { dimensions } = this;
    const count = Math.min(CENTRE_ROWS, this.count);
    const rows = this.rows.copyRows(0, count);
    const mean = new Float64Array(dimensions);
    for (let i = 0; i < rows.length; i++) mean[i % dimensions]! += rows[i]! / count;
    const centre = this.arena.f32(this.get("centre") >>> 0, dimensions);
    for (let i = 0; i < dimensions; i++) centre[i] = Number.isFinite(mean[i]!) ? mean[i]! : 0;
  }

  private setTable(field: "rows" | "codes" | "links", addresses: number[]): void {
    this.arena.u32(this.get(field) >>> 0, addresses.length).set(addresses);
  }
}
