import { workSlices } from "@secondpass/core";
import { isCommonMetric, type Metric } from "../contract/metric.js";
import { isAllowed } from "../ids/id-filter.js";
import { alignUp } from "./align-up.js";
import { HEAP } from "./heap.js";
import { jobParts } from "./job-parts.js";
import { RowProjections } from "./row-projections.js";
import { type RowLayout, rowLayout } from "./row-segment.js";
import { RowShards, type Shard } from "./row-shards.js";
import type { RowStore, ScanRequest, ScoreRequest } from "./row-store.js";
import { ScanJob } from "./scan-job.js";
import { type ScanWorkers, scanWorkers } from "./scan-workers.js";
import { scoreRow } from "./score-row.js";
import { SEGMENT_BYTES } from "./segment.js";
import { TopK } from "./top-k.js";
import { MAX_ARENA_BYTES, type WasmArena } from "./wasm-arena.js";

/** Maximum queries of one job on each thread, and maximum bytes of its heaps, which limit the memory of a large batch. */
const QUERIES_PER_JOB = 64;
const HEAP_BYTES_PER_JOB = 32 * 2 ** 20;

/**
 * Minimum bytes of a scan for worker threads: about 2 ms of work, compared with 0.1 ms to distribute it. Below,
 * the calling thread scans, in slices.
 */
const WORKERS_FROM_BYTES = 32 * 2 ** 20;

/**
 * Minimum bytes of an int8 copy for projections: a scan then takes a few milliseconds, and learning the directions a few hundred
 * milliseconds.
 */
const PROJECT_FROM_BYTES = 16 * 2 ** 20;

/** Time for making projections after a search on this thread, as a share of the search's time. */
const PROJECTING_SHARE = 0.5;

/** Searches for more than one in this many rows, or for more rows than the limit below, read nearly all rows anyway. */
const ROWS_PER_NEIGHBOUR = 64;
const MAX_BOUNDED_NEIGHBOURS = 1024;

/** Maximum bytes of the bounds of a batch of queries. */
const BOUNDS_BYTES_PER_JOB = 64 * 2 ** 20;

/** Options for a store's memory. The defaults suit all programs; tests use small values. */
export interface WasmRowStoreOptions {
  /** Keeps an int8 copy, which makes scans three times faster, for a quarter more memory. @default true */
  readonly int8?: boolean;
  /** Minimum bytes of the int8 copy for projections; Infinity for none. @default 16 MiB */
  readonly projectFromBytes?: number;
  /** Worker threads that scan large stores; below 2 the calling thread scans. @default 1 */
  readonly threads?: number;
  /** Minimum bytes of a scan for worker threads. @default 32 MiB */
  readonly workersFromBytes?: number;
  /** float32 bytes of a segment. @default 4 MiB */
  readonly segmentRowBytes?: number;
  /** Rows of a segment instead, a multiple of 8. */
  readonly segmentRows?: number;
  /** Bytes after which another WASM memory is used. @default 4 GiB less a page */
  readonly arenaBytes?: number;
  /** Use only one memory, in which other data takes this many bytes for each row; MemoryLimitError if it is full. */
  readonly otherBytesPerRow?: number;
}

/**
 * Rows in WASM memory, scanned with SIMD: an int8 pass proves most rows too far, float32 is used for rows without an int8
 * copy, and float64 for the few remaining rows. Uses as many WASM memories as needed.
 */
export class WasmRowStore implements RowStore {
  private readonly layout: RowLayout;
  private readonly threads: number;
  private readonly workersFromBytes: number;
  private readonly shards: RowShards;
  private readonly projections: RowProjections | undefined;
  private length = 0;

  constructor(
    readonly dimensions: number,
    options: WasmRowStoreOptions = {},
  ) {
    const { int8 = true, arenaBytes = MAX_ARENA_BYTES, otherBytesPerRow } = options;
    this.layout = rowLayout(dimensions, { ...options, int8 });
    this.threads = options.threads ?? 1;
    this.workersFromBytes = options.workersFromBytes ?? WORKERS_FROM_BYTES;
    this.shards = new RowShards(this.layout, { arenaBytes, shared: this.threads > 1, otherBytesPerRow });
    if (this.layout.codeStride > 0) {
      this.projections = new RowProjections(
        this.layout,
        this.shards,
        options.projectFromBytes ?? PROJECT_FROM_BYTES,
        (start, end) => this.copyRows(start, end),
      );
    }
  }

  get count(): number {
    return this.length;
  }

  /** Number of rows with a projection. */
  get projectedRows(): number {
    let rows = 0;
    for (const { segments } of this.shards) for (const segment of segments) rows += segment.projected;
    return rows;
  }

  /** Number of segments that fit into one memory. */
  get segmentsPerShard(): number {
    return this.shards.segmentsPerShard;
  }

  append(rows: Float32Array): void {
    const { dimensions } = this;
    const total = rows.length / dimensions;
    for (let start = 0; start < total; ) {
      const segment = this.shards.openSegment(this.length);
      const end = Math.min(total, start + segment.room);
      segment.append(rows.subarray(start * dimensions, end * dimensions));
      this.length += end - start;
      start = end;
    }
  }

  async appendFrom(count: number, fill: (target: Uint8Array) => Promise<void>): Promise<void> {
    const { dimensions, layout } = this;
    const isDense = dimensions * 4 === layout.stride;
    const slices = workSlices();
    for (let left = count; left > 0; ) {
      const segment = this.shards.openSegment(this.length);
      const part = Math.min(left, segment.room);
      if (isDense) {
        const target = segment.rows(segment.count, part);
        await fill(new Uint8Array(target.buffer, target.byteOffset, target.byteLength));
        segment.accept(part);
      } else {
        const dense = new Float32Array(part * dimensions);
        await fill(new Uint8Array(dense.buffer));
        segment.append(dense);
      }
      this.length += part;
      left -= part;
      if (slices.due()) await slices.pause();
    }
  }

  copyRows(start: number, end: number): Float32Array {
    const { dimensions } = this;
    const words = this.layout.stride / 4;
    const dense = new Float32Array((end - start) * dimensions);
    for (let position = start; position < end; ) {
      const { segment, row } = this.shards.locate(position);
      const part = Math.min(end - position, this.layout.segmentRows - row);
      const padded = segment.rows(row, part);
      const target = (position - start) * dimensions;
      if (words === dimensions) dense.set(padded, target);
      else {
        for (let i = 0; i < part; i++) {
          dense.set(padded.subarray(i * words, i * words + dimensions), target + i * dimensions);
        }
      }
      position += part;
    }
    return dense;
  }

  scoresOf({ metric, query, positions, metricArg }: ScoreRequest): Float64Array {
    const { dimensions } = this;
    const scores = new Float64Array(positions.length);
    if (!isCommonMetric(metric)) {
      for (const [i, position] of positions.entries()) {
        const { segment, row } = this.shards.locate(position);
        scores[i] = scoreRow(metric, query, 0, segment.rows(row, 1), 0, dimensions, metricArg);
      }
      return scores;
    }
    for (const { arena, first, segments } of this.shards) {
      const end = first + segments.length * this.layout.segmentRows;
      const here = [...positions.keys()].filter((i) => positions[i]! >= first && positions[i]! < end);
      const addresses = here.map((i) => {
        const { segment, row } = this.shards.locate(positions[i]!);
        return segment.rowAddress(row);
      });
      const found = exactScores(arena, this.layout.stride, metric, query, addresses);
      for (const [j, i] of here.entries()) scores[i] = found[j]!;
    }
    return scores;
  }

  truncate(count: number): void {
    if (count >= this.length) return;
    this.rewind(count);
    this.shards.trim(count);
  }

  async retain(kept: Uint8Array): Promise<void> {
    const { dimensions, length } = this;
    const slices = workSlices();
    let first = 0;
    while (first < length && isAllowed(kept, first)) first++;
    // Rewinding does not move rows. Kept rows are copied and appended again, and never overwrite
    // rows that are still to be read.
    this.rewind(first);
    const step = this.layout.segmentRows;
    for (let start = first; start < length; start += step) {
      const end = Math.min(start + step, length);
      const rows = this.copyRows(start, end);
      let size = 0;
      for (let position = start; position < end; position++) {
        if (!isAllowed(kept, position)) continue;
        const from = (position - start) * dimensions;
        rows.copyWithin(size, from, from + dimensions);
        size += dimensions;
      }
      this.append(rows.subarray(0, size));
      if (slices.due()) await slices.pause();
    }
    this.truncate(this.length);
  }

  /** Makes the projections of all rows. */
  async prepare(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await this.projections?.advance(
      () => this.length,
      () => signal?.aborted === true,
    );
    signal?.throwIfAborted();
  }

  async scan(request: ScanRequest): Promise<TopK[]> {
    const { dimensions } = this;
    const k = Math.min(request.k, this.length);
    const results: TopK[] = [];
    // Keep the memories for this search if the index is disposed meanwhile.
    const shards = [...this.shards];
    const projections = this.projections?.exist && this.leavesOut(request.k) ? this.projections : undefined;
    const count = request.queries.length / dimensions;
    const threads = this.workersFor(Math.min(count, QUERIES_PER_JOB))?.threads ?? 1;
    const step =
      dimensions *
      Math.min(
        QUERIES_PER_JOB * threads,
        Math.ceil(HEAP_BYTES_PER_JOB / (HEAP.entryBytes * (k + 1))),
        // A float for each row.
        projections === undefined ? Infinity : Math.ceil(BOUNDS_BYTES_PER_JOB / (4 * this.length)),
      );
    for (let start = 0; start < request.queries.length; start += step) {
      const queries = request.queries.subarray(start, start + step);
      const group = Array.from({ length: queries.length / dimensions }, () => new TopK(k));
      for (const shard of shards) await this.scanShard(shard, request, queries, group, projections);
      this.observe(request, queries, group);
      results.push(...group);
    }
    return results;
  }

  /** The first memory, which is made if missing. */
  get arena(): WasmArena {
    return this.shards.open(0).arena;
  }

  /** Addresses of the padded float32 rows of each segment in the first memory. */
  segmentRowAddresses(): number[] {
    return this.shards.open(0).segments.map((segment) => segment.address + SEGMENT_BYTES);
  }

  private async scanShard(
    shard: Shard,
    request: ScanRequest,
    queries: Float32Array,
    results: TopK[],
    projections: RowProjections | undefined,
  ) {
    const { arena, segments, first: offset } = shard;
    const { segmentRows } = this.layout;
    const allowed = request.allowed?.subarray(offset / 8, (offset + segments.length * segmentRows) / 8);
    const used = segments.filter((segment) => segment.count > 0);
    const projection = projections?.of(arena);
    const workers = this.workersFor(results.length);
    const parts = jobParts(used.length, results.length, workers?.threads ?? 1);
    const jobs: ScanJob[] = [];
    try {
      for (const part of parts) {
        const rows = used.slice(part.segments.start, part.segments.end);
        const { start, end } = part.queries;
        const asked = queries.subarray(start * this.dimensions, end * this.dimensions);
        jobs.push(new ScanJob(arena, this.layout, rows, request, asked, allowed, projection));
      }
      if (workers === undefined) await this.runAndProject(arena, jobs, request.signal);
      else {
        const left = await this.whileProjecting(workers.run(arena, jobs, request.signal));
        for (const job of left) job.reset();
        await runHere(arena, left, request.signal);
      }
      for (const [i, job] of jobs.entries()) {
        const { start, end } = parts[i]!.queries;
        job.collect(results.slice(start, end), offset);
      }
    } finally {
      for (const job of jobs) job.release();
    }
  }

  /** Whether a search for `k` rows can skip most rows. */
  private leavesOut(k: number): boolean {
    return k <= MAX_BOUNDED_NEIGHBOURS && k * ROWS_PER_NEIGHBOUR <= this.length;
  }

  /** Reports the scores of searches to the projections. */
  private observe({ metric, allowed, k }: ScanRequest, queries: Float32Array, found: readonly TopK[]): void {
    if (allowed !== undefined || !this.leavesOut(k)) return;
    const { dimensions } = this;
    found.forEach((best, i) => {
      const query = queries.subarray(i * dimensions, (i + 1) * dimensions);
      this.projections?.observe({ metric, query, score: best.threshold });
    });
  }

  /** Runs jobs on this thread, and then makes projections for half that time. */
  private async runAndProject(
    arena: WasmArena,
    jobs: readonly ScanJob[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const start = performance.now();
    await runHere(arena, jobs, signal);
    const end = performance.now() + (performance.now() - start) * PROJECTING_SHARE;
    await this.projections?.advance(
      () => this.length,
      () => signal?.aborted === true || performance.now() >= end,
    );
  }

  /** Makes projections while worker threads work. */
  private async whileProjecting<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const result = work.finally(() => {
      isDone = true;
    });
    const projecting = this.projections?.advance(
      () => this.length,
      () => isDone,
    );
    // Wait for both: the threads must be done with the jobs' memory even if projections fail.
    const [outcome, projected] = await Promise.allSettled([result, projecting]);
    if (outcome.status === "rejected") throw outcome.reason;
    if (projected.status === "rejected") throw projected.reason;
    return outcome.value;
  }

  /** The worker threads, if this scan is large enough and they have started. */
  private workersFor(queries: number): ScanWorkers | undefined {
    if (this.threads < 2) return undefined;
    const { codeStride, stride } = this.layout;
    const bytes = this.length * (codeStride || stride) * queries;
    return bytes < this.workersFromBytes ? undefined : scanWorkers(this.threads);
  }

  /** Drops the rows from `count` on; their memory and its contents stay. */
  private rewind(count: number): void {
    this.shards.rewind(count);
    this.projections?.rewind(count);
    this.length = count;
  }
}

/** Exact scores of padded rows at addresses of an arena. */
function exactScores(
  arena: WasmArena,
  stride: number,
  metric: Metric,
  query: Float32Array,
  addresses: readonly number[],
): Float64Array {
  const count = addresses.length;
  const scoresAt = alignUp(stride + 4 * count, 8);
  const block = arena.borrow(scoresAt + 8 * count);
  const base = block.address;
  arena.f32(base, stride / 4).fill(0);
  arena.f32(base, query.length).set(query);
  arena.u32(base + stride, count).set(addresses);
  const code = metric === "inner_product" ? 0 : 1;
  arena.kernels.scoreRows(code, base, base + stride, count, stride, base + scoresAt);
  const scores = arena.f64(base + scoresAt, count).slice();
  arena.release(block);
  return scores;
}

/** Runs jobs on this thread, segment by segment, with pauses for the event loop. */
async function runHere(arena: WasmArena, jobs: readonly ScanJob[], signal?: AbortSignal): Promise<void> {
  if (jobs.length === 0) return;
  const slices = workSlices(signal);
  for (const job of jobs) {
    if (job.hasProjection) {
      arena.kernels.projectQueries(job.address);
      for (let segment = 0; segment < job.segmentCount; segment++) {
        if (slices.due()) await slices.pause();
        arena.kernels.bound(job.address, segment, segment + 1);
      }
      for (let query = 0; query < job.queryCount; query++) {
        if (slices.due()) await slices.pause();
        arena.kernels.seed(job.address, query, query + 1);
      }
    }
    for (let segment = 0; segment < job.segmentCount; segment++) {
      if (slices.due()) await slices.pause();
      arena.kernels.scan(job.address, segment, segment + 1);
    }
  }
}
