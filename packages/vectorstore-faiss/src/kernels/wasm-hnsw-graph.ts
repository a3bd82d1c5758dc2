import type { Metric } from "../index/metric.js";
import { CODE_HEADER_BYTES, GRAPH, GRAPH_BYTES, PAIR_BYTES } from "./graph-layout.js";
import { countSlots, type HnswGraph } from "./hnsw-graph.js";
import { alignUp, HEAP_ENTRY_BYTES, HEAP_HEADER_BYTES } from "./layout.js";
import { TopK } from "./top-k.js";
import type { WasmArena } from "./wasm-arena.js";
import { WasmRowStore } from "./wasm-row-store.js";

/** Bytes of a chunk of nodes, about: large enough to be few, small enough not to waste much. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** Rows that decide the centre of the int8 codes. */
const CENTRE_ROWS = 4096;

/** Node records: a visited mark and the address of the upper links, before the level-0 slots. */
const NODE_HEADER_BYTES = 8;

/** Rows that are encoded at a time: about 3 ms at 384 dimensions. */
const ENCODE_ROWS = 2048;

/** An HNSW graph in one WASM memory: built over int8 codes, searched over float32 rows, of which codes spare most. */
export class WasmHnswGraph implements HnswGraph {
  readonly rows: WasmRowStore;
  private readonly shift: number;
  private readonly graph: number;
  private readonly codeStride: number;
  private readonly linkChunks: number[] = [];
  private readonly codeChunks: number[] = [];
  private levels = new Uint8Array(0);
  private length = 0;
  private scratch: { address: number; bytes: number } | undefined;
  private scratchEf = 0;

  constructor(
    readonly dimensions: number,
    metric: Metric,
    readonly slots: Int32Array,
  ) {
    const stride = alignUp(dimensions * 4, 16);
    this.codeStride = CODE_HEADER_BYTES + alignUp(dimensions, 16);
    // A node has 1 / (m - 1) upper levels on average; 1 covers every m.
    const otherBytesPerRow = this.codeStride + NODE_HEADER_BYTES + slots[1]! * 4 + 64;
    this.shift = Math.max(3, Math.floor(Math.log2(CHUNK_BYTES / (stride + otherBytesPerRow))));
    this.rows = new WasmRowStore(dimensions, { int8: false, segmentRows: 1 << this.shift, otherBytesPerRow });

    const { arena } = this.rows;
    this.graph = arena.reserve(GRAPH_BYTES);
    const tableBytes = this.rows.segmentsPerShard * 4;
    const slotsAt = arena.reserve(slots.byteLength);
    new Int32Array(arena.memory.buffer, slotsAt, slots.length).set(slots);
    this.words.fill(0);
    this.set("rows", arena.reserve(tableBytes));
    this.set("codes", arena.reserve(tableBytes));
    this.set("links", arena.reserve(tableBytes));
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
    return this.length;
  }

  get entry(): number {
    return this.get("entry");
  }

  get maxLevel(): number {
    return this.get("maxLevel");
  }

  levelOf(node: number): number {
    return this.levels[node]!;
  }

  addNodes(rows: Float32Array, levels: Uint8Array): void {
    this.rows.append(rows);
    this.makeRecords(levels);
    while (this.prepare());
  }

  prepare(): boolean {
    const first = this.get("encoded");
    const last = Math.min(first + ENCODE_ROWS, this.length);
    if (first === last) return false;
    const chunkNodes = 1 << this.shift;
    while (this.codeChunks.length * chunkNodes < last) {
      this.codeChunks.push(this.arena.reserve(chunkNodes * this.codeStride));
    }
    this.setTable("codes", this.codeChunks);
    if (first === 0) this.chooseCentre();
    this.arena.kernels.encodeRows(this.graph, first, last);
    return last < this.length;
  }

  insert(node: number, efConstruction: number): void {
    this.ensureScratch(efConstruction);
    this.arena.kernels.insertNode(this.graph, node, this.levels[node]!, efConstruction);
  }

  loadNodes(levels: Uint8Array, links: Int32Array): void {
    const first = this.length;
    this.makeRecords(levels);
    let start = 0;
    for (let node = first; node < this.length; node++) {
      for (const { address, count } of this.linkRuns(node)) {
        this.i32(address, count).set(links.subarray(start, start + count));
        start += count;
      }
    }
  }

  loadEntry(entry: number, maxLevel: number): void {
    this.setTable("rows", this.rows.segmentRowAddresses());
    this.set("entry", entry);
    this.set("maxLevel", maxLevel);
  }

  copyLinks(first: number, last: number): Int32Array {
    const links = new Int32Array(countSlots(this.slots, this.levels.subarray(first, last)));
    let start = 0;
    for (let node = first; node < last; node++) {
      for (const { address, count } of this.linkRuns(node)) {
        links.set(this.i32(address, count), start);
        start += count;
      }
    }
    return links;
  }

  search(query: Float32Array, k: number, ef: number, allowed?: Uint8Array): TopK {
    this.ensureScratch(ef);
    const { arena } = this;
    const capacity = Math.min(k, this.length);
    this.prepare();
    const stride = this.get("stride");
    const queryBytes = stride + 2 * (this.codeStride - CODE_HEADER_BYTES);
    const heapBytes = HEAP_HEADER_BYTES + capacity * HEAP_ENTRY_BYTES;
    const block = arena.borrow(queryBytes + heapBytes + (allowed?.length ?? 0));
    const heap = block.address + queryBytes;
    const target = arena.f32(block.address, stride / 4);
    target.fill(0);
    target.set(query);
    arena.u32(heap, 2).set([0, capacity]);
    if (allowed !== undefined) {
      arena.u8(heap + heapBytes, allowed.length).set(allowed);
      this.set("allowed", heap + heapBytes);
    }
    arena.kernels.searchGraph(this.graph, block.address, block.address + stride, ef, heap);
    this.set("allowed", 0);

    const best = new TopK(capacity);
    const size = arena.u32(heap, 1)[0]!;
    const scores = arena.f64(heap + HEAP_HEADER_BYTES, size * 2);
    const nodes = arena.u32(heap + HEAP_HEADER_BYTES, size * 4);
    for (let i = 0; i < size; i++) best.push(scores[i * 2]!, nodes[i * 4 + 2]!);
    arena.release(block);
    return best;
  }

  dispose(): void {
    this.rows.dispose();
    this.length = 0;
  }

  private get arena(): WasmArena {
    return this.rows.arena;
  }

  private get words(): Int32Array {
    return this.i32(this.graph, GRAPH_BYTES / 4);
  }

  private get(field: keyof typeof GRAPH): number {
    return this.words[GRAPH[field]]!;
  }

  private set(field: keyof typeof GRAPH, value: number): void {
    this.words[GRAPH[field]] = value;
  }

  private i32(address: number, length: number): Int32Array {
    return new Int32Array(this.arena.memory.buffer, address, length);
  }

  /** Room for a walk that keeps `ef` nodes. */
  private ensureScratch(ef: number): void {
    if (this.scratch !== undefined && ef <= this.scratchEf) return;
    if (this.scratch !== undefined) this.arena.release(this.scratch);
    const candidateCapacity = 16 * ef + 4096;
    const widest = this.slots.reduce((most, end, i) => Math.max(most, end - (this.slots[i - 1] ?? 0)), 0);
    const results = candidateCapacity * PAIR_BYTES;
    const selection = results + (ef + 1) * PAIR_BYTES;
    this.scratch = this.arena.borrow(selection + (widest + 1) * PAIR_BYTES);
    this.scratchEf = ef;
    this.set("candidates", this.scratch.address);
    this.set("candidateCapacity", candidateCapacity);
    this.set("results", this.scratch.address + results);
    this.set("selection", this.scratch.address + selection);
  }

  /** Makes records with free slots for nodes whose rows are stored. */
  private makeRecords(levels: Uint8Array): void {
    const { arena, slots } = this;
    const chunkNodes = 1 << this.shift;
    const first = this.length;
    this.length += levels.length;
    if (this.length > this.levels.length) {
      const grown = new Uint8Array(Math.ceil(this.length * 1.5));
      grown.set(this.levels);
      this.levels = grown;
    }
    this.levels.set(levels, first);
    while (this.linkChunks.length * chunkNodes < this.length) {
      const bytes = chunkNodes * (NODE_HEADER_BYTES + slots[1]! * 4);
      const chunk = arena.reserve(bytes);
      arena.u8(chunk, chunkNodes * NODE_HEADER_BYTES).fill(0);
      this.linkChunks.push(chunk);
    }
    this.setTable("links", this.linkChunks);
    this.setTable("rows", this.rows.segmentRowAddresses());
    for (let node = first; node < this.length; node++) {
      const level = this.levels[node]!;
      if (level > 0) {
        const chunk = this.linkChunks[node >>> this.shift]!;
        const upper = arena.reserve((slots[level + 1]! - slots[1]!) * 4);
        arena.u32(chunk + chunkNodes * 4 + (node & (chunkNodes - 1)) * 4, 1)[0] = upper;
      }
      for (const { address, count } of this.linkRuns(node)) this.i32(address, count).fill(-1);
    }
  }

  /** Where a node's slots lie: level 0, then the others. */
  private linkRuns(node: number): Array<{ address: number; count: number }> {
    const chunkNodes = 1 << this.shift;
    const chunk = this.linkChunks[node >>> this.shift]!;
    const inChunk = node & (chunkNodes - 1);
    const width = this.slots[1]!;
    const runs = [{ address: chunk + chunkNodes * NODE_HEADER_BYTES + inChunk * width * 4, count: width }];
    const level = this.levels[node]!;
    if (level > 0) {
      const upper = this.arena.u32(chunk + chunkNodes * 4 + inChunk * 4, 1)[0]!;
      runs.push({ address: upper, count: this.slots[level + 1]! - width });
    }
    return runs;
  }

  /** The mean of the first rows: without it a dimension that is large in all rows would take all the precision. */
  private chooseCentre(): void {
    const { dimensions } = this;
    const count = Math.min(CENTRE_ROWS, this.length);
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
