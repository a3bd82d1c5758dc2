import { MemoryLimitError } from "../errors/memory-limit-error.js";
import { type RowLayout, RowSegment } from "./row-segment.js";
import { MAX_ARENA_BYTES, WasmArena } from "./wasm-arena.js";

/** Share of an arena that is reserved for jobs (queries, heaps, bitmaps). */
const JOB_SHARE = 1 / 16;

/** An arena and the segments in it. */
export interface Shard {
  readonly arena: WasmArena;
  readonly segments: RowSegment[];
  /** Position of its first row. */
  readonly first: number;
}

/** Options for the memory of shards. */
export interface ShardOptions {
  /** Bytes after which another WASM memory is used. */
  readonly arenaBytes: number;
  /** Whether worker threads will use the memories. */
  readonly shared: boolean;
  /** Use only one memory, in which other data takes this many bytes for each row; MemoryLimitError if it is full. */
  readonly otherBytesPerRow: number | undefined;
}

/** Segments in as many WASM memories as they need: one can hold 4 GiB. */
export class RowShards {
  /** Number of segments that fit into one memory. */
  readonly segmentsPerShard: number;
  private readonly shards: Shard[] = [];

  constructor(
    private readonly layout: RowLayout,
    private readonly options: ShardOptions,
  ) {
    const { arenaBytes, otherBytesPerRow = 0 } = options;
    const segmentBytes =
      RowSegment.bytes(layout) + RowSegment.projectionBytes(layout) + otherBytesPerRow * layout.segmentRows;
    this.segmentsPerShard = Math.max(1, Math.floor((arenaBytes * (1 - JOB_SHARE)) / segmentBytes));
  }

  [Symbol.iterator](): IterableIterator<Shard> {
    return this.shards.values();
  }

  /** The segment and row of a position, whether or not it is in use. */
  locate(position: number): { segment: RowSegment; row: number } {
    const { segmentRows } = this.layout;
    const index = Math.floor(position / segmentRows);
    const shard = this.shards[Math.floor(index / this.segmentsPerShard)]!;
    return { segment: shard.segments[index % this.segmentsPerShard]!, row: position % segmentRows };
  }

  /** The segment for the next row, at `position`; it is made if missing. */
  openSegment(position: number): RowSegment {
    const index = Math.floor(position / this.layout.segmentRows);
    const shard = this.open(Math.floor(index / this.segmentsPerShard));
    const inShard = index % this.segmentsPerShard;
    let segment = shard.segments[inShard];
    if (segment === undefined) {
      segment = new RowSegment(shard.arena, this.layout, inShard * this.layout.segmentRows);
      shard.segments.push(segment);
    }
    return segment;
  }

  /** A memory, which is made if missing. @throws MemoryLimitError */
  open(index: number): Shard {
    if (index > 0 && this.options.otherBytesPerRow !== undefined) {
      throw new MemoryLimitError(
        MAX_ARENA_BYTES,
        "A graph index holds at most 4 GiB; use several, or a flat index.",
      );
    }
    let shard = this.shards[index];
    if (shard === undefined) {
      const first = index * this.segmentsPerShard * this.layout.segmentRows;
      shard = { arena: new WasmArena(this.options.shared), segments: [], first };
      this.shards.push(shard);
    }
    return shard;
  }

  /** Drops the rows from `count` on; their memory and its contents stay. */
  rewind(count: number): void {
    const { segmentRows } = this.layout;
    for (const { first, segments } of this.shards) {
      segments.forEach((segment, index) => {
        segment.truncate(Math.max(0, count - first - index * segmentRows));
      });
    }
  }

  /** Releases memories that have no row before `count`. */
  trim(count: number): void {
    const segments = Math.ceil(count / this.layout.segmentRows);
    this.shards.splice(Math.max(1, Math.ceil(segments / this.segmentsPerShard)));
  }
}
