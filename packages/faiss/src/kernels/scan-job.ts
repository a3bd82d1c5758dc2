import { alignUp } from "./align-up.js";
import { HEAP } from "./heap.js";
import { JOB, JOB_BYTES, PARTS_BYTES, SCRATCH_BYTES } from "./job.js";
import type { RowProjection } from "./row-projection.js";
import type { RowLayout, RowSegment } from "./row-segment.js";
import type { ScanRequest } from "./row-store.js";
import type { ThreadTask } from "./thread-task.js";
import type { TopK } from "./top-k.js";
import type { WasmArena } from "./wasm-arena.js";

/** Groups of four rows that are scored first, besides two rows for each neighbour (with a filter, one), to estimate how near the nearest are. */
const SEEDS = 64;

/** Minimum number of queries that are compared together with a row's int8 code. */
const MIN_BATCH = 4;

/**
 * One scan of segments of one arena, in the kernels' memory. Several jobs may run at a time, on one arena
 * or several: each has its own block of memory.
 */
export class ScanJob implements ThreadTask {
  readonly kernel = "runJob";
  readonly address: number;
  private readonly block: { address: number; bytes: number };
  private readonly heaps: number;
  private readonly heapBytes: number;
  readonly queryCount: number;
  /** Capacity of a query's heap in neighbours. */
  private readonly capacity: number;
  private readonly seeds: number;
  private readonly seedBytes: number;
  private readonly seedCapacity: number;

  /**
   * @param queries the part of the request's queries that this job answers, dense
   * @param allowed the part of the request's bitmap that covers this arena's rows
   * @param projection projection of the arena's rows, by which distant rows are skipped early
   */
  constructor(
    private readonly arena: WasmArena,
    layout: RowLayout,
    private readonly segments: readonly RowSegment[],
    { metric, k }: ScanRequest,
    queries: Float32Array,
    allowed: Uint8Array | undefined,
    private readonly projection: RowProjection | undefined,
  ) {
    const { dimensions, stride, codeStride } = layout;
    this.queryCount = queries.length / dimensions;
    const rows = segments.reduce((total, segment) => total + segment.count, 0);
    this.capacity = Math.min(k, rows);
    this.heapBytes = HEAP.headerBytes + this.capacity * HEAP.entryBytes;

    const queriesAt = JOB_BYTES;
    const heapsAt = queriesAt + this.queryCount * stride;
    const seedGroups = allowed === undefined ? Math.ceil(this.capacity / 2) : this.capacity;
    this.seedCapacity = projection === undefined ? 0 : seedGroups + SEEDS;
    this.seedBytes = HEAP.headerBytes + this.seedCapacity * HEAP.entryBytes;
    const segmentGroups = projection === undefined ? 0 : layout.segmentRows / 4;

    const seedsAt = heapsAt + this.queryCount * this.heapBytes;
    const scratchAt = seedsAt + this.queryCount * this.seedBytes;
    const projectedAt = scratchAt + SCRATCH_BYTES + 4 * alignUp(dimensions, 16);
    const projectedBytes =
      projection === undefined ? 0 : this.queryCount * projection.queryBytes + projection.queryScratchBytes;
    const boundsAt = projectedAt + projectedBytes;
    // Without bounds, there is a list of the allowed rows of one segment.
    const listBytes = allowed === undefined ? 0 : 4 * layout.segmentRows;
    const boundsBytes =
      projection === undefined ? listBytes : 16 * this.queryCount * segments.length * segmentGroups;
    const boundedAt = boundsAt + boundsBytes;
    const segmentsAt = boundedAt + 4 * segments.length;
    const batchAt = alignUp(segmentsAt + 4 * segments.length, 16);
    // With projections, few rows are left, and different ones for each query.
    const isBatch = projection === undefined && codeStride > 0 && this.queryCount >= MIN_BATCH;
    const allowedAt = batchAt + (isBatch ? batchBytes(this.queryCount, codeStride) : 0);
    this.block = arena.borrow(allowedAt + (allowed?.length ?? 0));
    const base = this.block.address;
    this.address = base;
    this.heaps = base + heapsAt;
    this.seeds = base + seedsAt;

    const target = arena.f32(base + queriesAt, (this.queryCount * stride) / 4);
    target.fill(0);
    for (let q = 0; q < this.queryCount; q++) {
      target.set(queries.subarray(q * dimensions, (q + 1) * dimensions), (q * stride) / 4);
    }
    arena.u32(base + segmentsAt, segments.length).set(segments.map((segment) => segment.address));
    if (allowed !== undefined) arena.u8(base + allowedAt, allowed.length).set(allowed);

    const words = arena.u32(base, JOB_BYTES / 4);
    words[JOB.metric] = metric === "inner_product" ? 0 : 1;
    words[JOB.dimensions] = dimensions;
    words[JOB.stride] = stride;
    words[JOB.codeStride] = alignUp(dimensions, 16);
    words[JOB.queries] = base + queriesAt;
    words[JOB.queryCount] = this.queryCount;
    words[JOB.heaps] = this.heaps;
    words[JOB.heapBytes] = this.heapBytes;
    words[JOB.segments] = base + segmentsAt;
    words[JOB.segmentCount] = segments.length;
    words[JOB.allowed] = allowed === undefined ? 0 : base + allowedAt;
    words[JOB.scratch] = base + scratchAt;
    words[JOB.useInt8] = codeStride > 0 ? 1 : 0;
    words[JOB.projection] = projection?.address ?? 0;
    words[JOB.bounds] = base + boundsAt;
    words[JOB.bounded] = base + boundedAt;
    words[JOB.segmentGroups] = segmentGroups;
    words[JOB.seeds] = base + seedsAt;
    words[JOB.seedBytes] = this.seedBytes;
    words[JOB.projectedQueries] = base + projectedAt;
    words[JOB.batch] = isBatch ? base + batchAt : 0;
    arena.f32(base, JOB_BYTES / 4)[JOB.gamma] = float32Gamma(dimensions);
    this.reset();
  }

  /** Clears the job's results, so that it can start again. */
  reset(): void {
    for (let q = 0; q < this.queryCount; q++) {
      this.clearHeap(this.heaps + q * this.heapBytes, this.capacity);
      this.clearHeap(this.seeds + q * this.seedBytes, this.seedCapacity);
    }
    this.arena.u32(this.address, JOB_BYTES / 4)[JOB.cancelled] = 0;
  }

  /** Whether the rows' bounds must be computed first. */
  get hasProjection(): boolean {
    return this.projection !== undefined;
  }

  get args(): readonly number[] {
    return [this.address];
  }

  get segmentCount(): number {
    return this.segments.length;
  }

  /** Adds the job's results to the queries' results; `offset` is the position of the arena's first row. */
  collect(results: readonly TopK[], offset: number): void {
    for (let q = 0; q < this.queryCount; q++) {
      const heap = this.heaps + q * this.heapBytes;
      const size = this.arena.u32(heap, 1)[0]!;
      const scores = this.arena.f64(heap + HEAP.headerBytes, size * 2);
      const positions = this.arena.u32(heap + HEAP.headerBytes, size * 4);
      for (let i = 0; i < size; i++) results[q]!.push(scores[i * 2]!, offset + positions[i * 4 + 2]!);
    }
  }

  private clearHeap(address: number, capacity: number): void {
    this.arena.u32(address, 2).set([0, capacity]);
    this.arena.f64(address + HEAP.floorAt, 1)[0] = -Infinity;
  }

  /** Makes a worker that runs this job stop after its segment. */
  cancel(): void {
    this.arena.u32(this.address, JOB_BYTES / 4)[JOB.cancelled] = 1;
  }

  release(): void {
    this.arena.release(this.block);
  }
}

/** Scratch memory of assembly/scan-batch.ts: the parts of queries, four rows and the queries in int16. */
function batchBytes(queries: number, codeStride: number): number {
  return queries * PARTS_BYTES + 8 * codeStride + alignUp(queries, 2) * 2 * codeStride;
}

/**
 * Relative error of a float32 sum of `dimensions` products in sixteen parts: one rounding (2^-24) for each addition
 * and multiplication of a term, with a margin of twelve.
 */
function float32Gamma(dimensions: number): number {
  return (dimensions / 16 + 16) * 2 ** -24;
}
