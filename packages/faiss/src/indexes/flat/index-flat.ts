import { checkOneOf, workSlices } from "@secondpass/core";
import { checkInteger } from "../../checks/check-integer.js";
import { checkK } from "../../checks/check-k.js";
import { checkPosition, checkRange } from "../../checks/check-position.js";
import { checkQueries, checkVectorsInSlices } from "../../checks/check-vectors.js";
import { checkSearchOptions, checkWorkOptions } from "../../checks/check-work-options.js";
import { isCommonMetric, METRICS, type Metric } from "../../contract/metric.js";
import { reportDone } from "../../contract/report-done.js";
import type { SearchResult } from "../../contract/search-result.js";
import type { SearchOptions, VectorIndex, WorkOptions } from "../../contract/vector-index.js";
import { IndexDisposedError } from "../../errors/index-disposed-error.js";
import { UnsupportedOperationError } from "../../errors/unsupported-operation-error.js";
import { type IndexHeader, readHeader } from "../../format/index-header.js";
import type { IndexKind, NewIndexOptions } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { isAllowed, keepAllBut, toPositionBitmap } from "../../ids/id-filter.js";
import { createRowStore, type RowOptions } from "../../kernels/create-row-store.js";
import { packResults } from "../../kernels/pack-results.js";
import { PlainRowStore } from "../../kernels/plain-row-store.js";
import type { RowStore } from "../../kernels/row-store.js";
import { writeRows } from "./write-rows.js";

/** Floats copied between two checks of the clock: 1 MiB takes a fraction of a millisecond. */
const FLOATS_PER_STEP = 1 << 18;

/**
 * An exact index: stores vectors unchanged and compares a query with each of them. Labels are positions.
 *
 * @example
 * const index = new IndexFlat(384, "inner_product");
 * await index.add(vectors); // [n, 384], row after row
 * const { labels, distances } = await index.search(query, 10);
 */
export class IndexFlat implements VectorIndex {
  readonly isTrained = true;
  readonly labelsArePositions = true;
  #rows: RowStore | undefined;

  /**
   * @param rows the store of the vectors; the index owns it
   * @param metricArg the power of metric `"lp"`
   */
  constructor(
    readonly dimensions: number,
    readonly metric: Metric,
    rows?: RowStore,
    readonly metricArg = 0,
  ) {
    checkInteger("dimensions", dimensions, 1);
    checkOneOf("metric", metric, METRICS);
    this.#rows = rows ?? rowsFor(dimensions, metric);
  }

  /** The store of the vectors. @throws IndexDisposedError */
  get rows(): RowStore {
    if (this.#rows === undefined) throw new IndexDisposedError(this.kind);
    return this.#rows;
  }

  get kind(): string {
    if (!isCommonMetric(this.metric)) return "IndexFlat";
    return this.metric === "l2" ? "IndexFlatL2" : "IndexFlatIP";
  }

  get ntotal(): number {
    return this.rows.count;
  }

  async train(): Promise<void> {}

  async add(vectors: Float32Array, options: WorkOptions = {}): Promise<void> {
    checkWorkOptions(options, "add");
    const { signal, onProgress } = options;
    const total = await checkVectorsInSlices(vectors, this.dimensions, "vectors", signal);
    const before = this.ntotal;
    const slices = workSlices(signal);
    const step = Math.max(1, Math.floor(FLOATS_PER_STEP / this.dimensions));
    try {
      for (let start = 0; start < total; start += step) {
        const end = Math.min(start + step, total);
        const { rows } = this;
        const written = rows.append(vectors.subarray(start * this.dimensions, end * this.dimensions));
        if (written !== undefined) await written;
        onProgress?.(end, total);
        if (end < total && slices.due()) await slices.pause();
      }
    } catch (error) {
      this.#rows?.truncate(before);
      throw error;
    }
  }

  async addWithIds(): Promise<void> {
    throw new UnsupportedOperationError(this.kind, "addWithIds", "Wrap it in an IndexIDMap2.");
  }

  /**
   * Prepares the data that makes searches faster, which searches would otherwise build step by step. Call it if the first searches should be as
   * fast as later ones. It takes a few seconds for a million vectors of 384 dimensions, in slices; nothing for small indexes.
   *
   * @throws the signal's reason
   */
  async prepare(options: Pick<WorkOptions, "signal"> = {}): Promise<void> {
    checkWorkOptions(options, "prepare", ["signal"]);
    const { signal } = options;
    signal?.throwIfAborted();
    await this.rows.prepare(signal);
  }

  async search(queries: Float32Array, k: number, options: SearchOptions = {}): Promise<SearchResult> {
    checkSearchOptions(options);
    const { filter, signal } = options;
    const count = await checkQueries(queries, this.dimensions, signal);
    checkK(k, count);
    const { rows, ntotal } = this;
    const allowed = filter === undefined ? undefined : await toPositionBitmap(filter, ntotal, signal);
    const found = await rows.scan({
      metric: this.metric,
      metricArg: this.metricArg,
      queries,
      k,
      allowed,
      signal,
    });
    return packResults(this.metric, found, count, k, signal);
  }

  reconstruct(label: bigint | number): Float32Array {
    const position = checkPosition(label, this.ntotal);
    return this.rows.copyRows(position, position + 1);
  }

  reconstructN(start: number, count: number): Float32Array {
    checkRange(start, count, this.ntotal);
    return this.rows.copyRows(start, start + count);
  }

  async removeIds(labels: Iterable<bigint | number>): Promise<number> {
    const { kept, removed } = await keepAllBut(labels, this.ntotal, workSlices());
    if (removed > 0) await this.rows.retain(kept);
    return removed;
  }

  async clone(): Promise<IndexFlat> {
    const shared = this.rows.share?.();
    if (shared !== undefined) return this.withRows(shared);
    const copy = await this.emptyCopy();
    const slices = workSlices();
    const step = Math.max(1, Math.floor(FLOATS_PER_STEP / this.dimensions));
    for (let start = 0; start < this.ntotal; start += step) {
      copy.rows.append(this.rows.copyRows(start, Math.min(start + step, this.ntotal)));
      if (slices.due()) await slices.pause();
    }
    return copy;
  }

  async without(labels: Iterable<number>, options: WorkOptions = {}): Promise<IndexFlat> {
    checkWorkOptions(options, "without");
    const { signal, onProgress } = options;
    const { dimensions, ntotal } = this;
    const slices = workSlices(signal);
    const { kept, removed } = await keepAllBut(labels, ntotal, slices);
    const shared = this.rows.share?.();
    if (shared !== undefined) {
      await shared.retain(kept);
      reportDone(options, shared.count);
      return this.withRows(shared);
    }
    const copy = await this.emptyCopy();
    const step = Math.max(1, Math.floor(FLOATS_PER_STEP / dimensions));
    for (let start = 0; start < ntotal; start += step) {
      const end = Math.min(start + step, ntotal);
      const rows = this.rows.copyRows(start, end);
      let filled = 0;
      for (let row = start; row < end; row++) {
        if (!isAllowed(kept, row)) continue;
        rows.copyWithin(filled, (row - start) * dimensions, (row - start + 1) * dimensions);
        filled += dimensions;
      }
      copy.rows.append(rows.subarray(0, filled));
      onProgress?.(copy.ntotal, ntotal - removed);
      signal?.throwIfAborted();
      if (slices.due()) await slices.pause();
    }
    return copy;
  }

  async emptyCopy(): Promise<IndexFlat> {
    const shared = this.rows.share?.();
    shared?.truncate(0);
    return this.withRows(shared);
  }

  truncate(count: number): void {
    checkInteger("count", count, 0);
    this.rows.truncate(count);
  }

  dispose(): void {
    this.#rows?.dispose?.();
    this.#rows = undefined;
  }

  private withRows(rows: RowStore | undefined): IndexFlat {
    return new IndexFlat(this.dimensions, this.metric, rows, this.metricArg);
  }
}

/** The store for a metric: kernels support the common metrics. */
function rowsFor(dimensions: number, metric: Metric): RowStore {
  return isCommonMetric(metric) ? createRowStore(dimensions) : new PlainRowStore(dimensions);
}

/**
 * Exact search by squared Euclidean distance.
 *
 * @example
 * const index = new IndexFlatL2(2, { threads: 1 });
 * await index.add(Float32Array.of(0, 0, 3, 4));
 * await index.search(Float32Array.of(3, 3), 1); // labels [1n], distances [1]
 */
export class IndexFlatL2 extends IndexFlat {
  constructor(dimensions: number, options?: RowOptions) {
    super(dimensions, "l2", createRowStore(dimensions, options));
  }
}

/**
 * Exact search by inner product; over normalised vectors, by cosine similarity.
 *
 * @example
 * const index = new IndexFlatIP(2);
 * await index.add(normalizeVectors(Float32Array.of(10, 0, 3, 4), 2));
 * await index.search(Float32Array.of(0, 1), 1); // labels [1n], distances [0.8]
 */
export class IndexFlatIP extends IndexFlat {
  constructor(dimensions: number, options?: RowOptions) {
    super(dimensions, "inner_product", createRowStore(dimensions, options));
  }
}

/** An exact index: every vector is compared. The default, suitable up to about a million vectors. */
export interface FlatIndexOption {
  readonly kind: "flat";
}

/** Reads the header and the count of rows. */
export async function readFlatHeader(reader: IndexReader): Promise<IndexHeader> {
  const header = await readHeader(reader, "IndexFlat", "all");
  const { ntotal, dimensions } = header;
  const floats = await reader.count(4);
  reader.expect(
    floats === ntotal * dimensions,
    `Expected ${ntotal} vectors of ${dimensions} floats, got ${floats} floats.`,
  );
  return header;
}

/** The record of `IndexFlatL2`, `IndexFlatIP`, and `IndexFlat` of other metrics. */
export const flatKind = {
  names: ["IndexFlatL2", "IndexFlatIP", "IndexFlat"],
  class: IndexFlat,
  codes: ["IxF2", "IxFI", "IxFl"],
  supports: ["add", "removeIds", "reconstruct", "write"],
  factory: {
    kind: "flat",
    options: [],
    create(_option: FlatIndexOption, { dimensions, metric }: NewIndexOptions): IndexFlat {
      if (metric === "l2") return new IndexFlatL2(dimensions);
      return metric === "inner_product" ? new IndexFlatIP(dimensions) : new IndexFlat(dimensions, metric);
    },
  },

  /** Reads header, then the rows as one vector of floats. */
  async read(reader: IndexReader): Promise<IndexFlat> {
    const { dimensions, ntotal, metric, metricArg } = await readFlatHeader(reader);
    const rows = rowsFor(dimensions, metric);
    await rows.appendFrom(ntotal, (target) => reader.fill(target));
    return new IndexFlat(dimensions, metric, rows, metricArg);
  },

  write(index: IndexFlat): AsyncGenerator<Uint8Array> {
    return writeRows(index, index.rows);
  },
} as const satisfies IndexKind<IndexFlat>;
