import type { WasmArena } from "./wasm-arena.js";

/** Bytes before the level-0 slots of a node: a visited mark and the address of its upper links. */
export const NODE_HEADER_BYTES = 8;

/**
 * The nodes' links in WASM memory, in the layout of assembly/graph.ts: chunks of 2^shift nodes, each with room for visited marks, the
 * addresses of upper links and the level-0 slots of its nodes.
 */
export class GraphRecords {
  /** Addresses of the chunks. */
  readonly chunks: number[] = [];
  private allLevels = new Uint8Array(0);
  private length = 0;

  /** @param slots faiss's cum_nneighbor_per_level */
  constructor(
    private readonly arena: WasmArena,
    private readonly slots: Int32Array,
    private readonly shift: number,
  ) {}

  get count(): number {
    return this.length;
  }

  /** The highest level of a node. */
  levelOf(node: number): number {
    return this.allLevels[node]!;
  }

  /** The highest levels of nodes first…last-1. */
  levels(first: number, last: number): Uint8Array {
    return this.allLevels.subarray(first, last);
  }

  /** Adds records with free slots for new nodes. @throws MemoryLimitError */
  append(levels: Uint8Array): void {
    const { arena, slots, chunkNodes } = this;
    const first = this.length;
    this.length += levels.length;
    if (this.length > this.allLevels.length) {
      const grown = new Uint8Array(Math.ceil(this.length * 1.5));
      grown.set(this.allLevels);
      this.allLevels = grown;
    }
    const before = this.allLevels.slice(first, this.length);
    this.allLevels.set(levels, first);
    while (this.chunks.length * chunkNodes < this.length) {
      const chunk = arena.reserve(chunkNodes * (NODE_HEADER_BYTES + slots[1]! * 4));
      arena.u8(chunk, chunkNodes * NODE_HEADER_BYTES).fill(0);
      this.chunks.push(chunk);
    }
    for (let node = first; node < this.length; node++) {
      const level = this.levelOf(node);
      // A node that was dropped may have left room for its upper links.
      if (level > 0 && (level > before[node - first]! || this.upperOf(node) === 0)) {
        // Reserve first: a view made before would be detached if the memory grows.
        const upper = arena.reserve((slots[level + 1]! - slots[1]!) * 4);
        arena.u32(this.upperAt(node), 1)[0] = upper;
      }
      for (const run of this.runs(node)) run.fill(-1);
    }
  }

  /** Views of a node's slots, level 0 and then the others; valid until the memory grows. */
  runs(node: number): Int32Array[] {
    const { chunkNodes, slots } = this;
    const width = slots[1]!;
    const levelZero = this.chunkOf(node) + chunkNodes * NODE_HEADER_BYTES + this.inChunk(node) * width * 4;
    const runs = [this.arena.i32(levelZero, width)];
    const level = this.levelOf(node);
    if (level > 0) {
      runs.push(this.arena.i32(this.upperOf(node), slots[level + 1]! - width));
    }
    return runs;
  }

  /** A view of a node's slots on a level; valid until the memory grows. */
  slotsOf(node: number, level: number): Int32Array {
    const [lowest, upper] = this.runs(node);
    const width = this.slots[1]!;
    return level === 0
      ? lowest!
      : upper!.subarray(this.slots[level]! - width, this.slots[level + 1]! - width);
  }

  /** Drops the nodes from `count` on. */
  truncate(count: number): void {
    this.length = count;
  }

  private get chunkNodes(): number {
    return 1 << this.shift;
  }

  private chunkOf(node: number): number {
    return this.chunks[node >>> this.shift]!;
  }

  private inChunk(node: number): number {
    return node & (this.chunkNodes - 1);
  }

  /** The address of a node's upper links. */
  private upperOf(node: number): number {
    return this.arena.u32(this.upperAt(node), 1)[0]!;
  }

  /** Address of the field with the address of a node's upper links. */
  private upperAt(node: number): number {
    return this.chunkOf(node) + this.chunkNodes * 4 + this.inChunk(node) * 4;
  }
}
