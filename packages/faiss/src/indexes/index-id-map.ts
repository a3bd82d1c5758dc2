import { checkHasMethod, workSlices } from "@secondpass/core";
import { checkRange } from "../checks/check-position.js";
import { checkVectorsInSlices } from "../checks/check-vectors.js";
import { checkSearchOptions, checkWorkOptions } from "../checks/check-work-options.js";
import type { Metric } from "../contract/metric.js";
import { NO_LABEL, type SearchResult } from "../contract/search-result.js";
import type { SearchOptions, VectorIndex, WorkOptions } from "../contract/vector-index.js";
import { UnknownIdError } from "../errors/unknown-id-error.js";
import { UnsupportedOperationError } from "../errors/unsupported-operation-error.js";
import { BinaryWriter } from "../format/binary-writer.js";
import { expectSameShape, readHeader, writeHeader } from "../format/index-header.js";
import type { IndexKind } from "../format/index-kind.js";
import type { IndexReader } from "../format/index-reader.js";
import { piecesOf } from "../format/pieces-of.js";
import { checkIds, checkLabel } from "../ids/check-labels.js";
import { GrowingIds } from "../ids/growing-ids.js";
import { labelSet, toPositionBitmap } from "../ids/id-filter.js";
import { LabelTable } from "../ids/label-table.js";

/**
 * Gives the vectors of another index the caller's ids. Several vectors may have one id. The inner index's
 * labels must be positions (flat, HNSW…).
 *
 * @example
 * const index = new IndexIDMap(new IndexFlatL2(384));
 * await index.addWithIds(vectors, BigInt64Array.of(70n, -5n));
 */
export class IndexIDMap implements VectorIndex {
  readonly kind: string = "IndexIDMap";
  readonly labelsArePositions = false;
  protected readonly ids: GrowingIds;

  /**
   * @param index the index of the vectors, owned from now on
   * @param ids one for each vector already in `index`
   */
  constructor(
    readonly index: VectorIndex,
    ids: BigInt64Array = new BigInt64Array(0),
  ) {
    checkHasMethod("index", index, ["reconstruct"], "an index");
    checkIds(ids, index.ntotal);
    this.ids = new GrowingIds(ids.slice());
  }

  get dimensions(): number {
    return this.index.dimensions;
  }

  get metric(): Metric {
    return this.index.metric;
  }

  get metricArg(): number | undefined {
    return this.index.metricArg;
  }

  get ntotal(): number {
    return this.index.ntotal;
  }

  get isTrained(): boolean {
    return this.index.isTrained;
  }

  /** The id of each position, as a copy. */
  get idMap(): BigInt64Array {
    return this.ids.view().slice();
  }

  train(vectors: Float32Array, options?: WorkOptions): Promise<void> {
    return this.index.train(vectors, options);
  }

  async add(): Promise<void> {
    throw new UnsupportedOperationError(this.kind, "add", "Use `addWithIds`: every vector needs an id.");
  }

  async addWithIds(vectors: Float32Array, ids: BigInt64Array, options?: WorkOptions): Promise<void> {
    checkWorkOptions(options, "addWithIds");
    const count = await checkVectorsInSlices(vectors, this.dimensions, "vectors", options?.signal);
    checkIds(ids, count);
    const before = this.ntotal;
    try {
      await this.index.add(vectors, options);
    } finally {
      // An aborted graph keeps the vectors linked so far, which need their ids.
      this.ids.append(ids.subarray(0, Math.max(0, this.ntotal - before)));
    }
  }

  async search(queries: Float32Array, k: number, options: SearchOptions = {}): Promise<SearchResult> {
    checkSearchOptions(options);
    const { filter, signal } = options;
    const bitmap =
      filter === undefined
        ? undefined
        : await toPositionBitmap(filter, this.ntotal, signal, (position) => this.ids.at(position));
    const { distances, labels } = await this.index.search(queries, k, { ...options, filter: bitmap });
    return {
      distances,
      labels: labels.map((position) => (position === NO_LABEL ? NO_LABEL : this.ids.at(Number(position)))),
    };
  }

  reconstruct(label: bigint | number): Float32Array {
    return this.index.reconstruct(this.positionOf(checkLabel(label)));
  }

  reconstructN(start: number, count: number): Float32Array {
    checkRange(start, count, this.ntotal);
    return this.index.reconstructN(start, count);
  }

  /** Removes all vectors with these ids. */
  async removeIds(labels: Iterable<bigint | number>): Promise<number> {
    const slices = workSlices();
    const unwanted = await labelSet(labels, slices);
    const positions: number[] = [];
    for (let i = 0; i < this.ids.length; i++) {
      if (unwanted.has(this.ids.at(i))) positions.push(i);
      if (slices.due()) await slices.pause();
    }
    if (positions.length === 0) return 0;
    await this.index.removeIds(positions);
    await this.ids.remove(positions, slices);
    return positions.length;
  }

  async clone(): Promise<IndexIDMap> {
    return new IndexIDMap(await this.index.clone(), this.ids.view());
  }

  dispose(): void {
    this.index.dispose();
  }

  /** The position of an id; the last one added if there are several. */
  protected positionOf(id: bigint): number {
    const position = this.ids.view().lastIndexOf(id);
    if (position < 0) throw new UnknownIdError(id);
    return position;
  }
}

/**
 * An IDMap with a table that finds the vector of an id without a linear search.
 *
 * @example
 * const index = new IndexIDMap2(new IndexHNSWFlat(384));
 * await index.addWithIds(vectors, BigInt64Array.of(70n, -5n));
 * index.reconstruct(70n); // the first vector
 */
export class IndexIDMap2 extends IndexIDMap {
  override readonly kind: string = "IndexIDMap2";
  /** Made when first needed, dropped at every change. */
  private positions: LabelTable | undefined;

  async prepareReconstruct(options: Pick<WorkOptions, "signal"> = {}): Promise<void> {
    checkWorkOptions(options, "prepareReconstruct", ["signal"]);
    const { signal } = options;
    const slices = workSlices(signal);
    while (this.positionTable().fill()) if (slices.due()) await slices.pause();
  }

  override async addWithIds(vectors: Float32Array, ids: BigInt64Array, options?: WorkOptions): Promise<void> {
    this.positions = undefined;
    await super.addWithIds(vectors, ids, options);
  }

  override async removeIds(labels: Iterable<bigint | number>): Promise<number> {
    this.positions = undefined;
    return super.removeIds(labels);
  }

  override async clone(): Promise<IndexIDMap2> {
    return new IndexIDMap2(await this.index.clone(), this.ids.view());
  }

  protected override positionOf(id: bigint): number {
    const position = this.positionTable().find(id);
    if (position === undefined) throw new UnknownIdError(id);
    return position;
  }

  private positionTable(): LabelTable {
    this.positions ??= new LabelTable(this.ntotal, (position) => this.ids.at(position));
    return this.positions;
  }
}

/** Each class's type code. */
const CODES = { IndexIDMap: "IxMp", IndexIDMap2: "IxM2" } as const;

/** The record of `IndexIDMap` and `IndexIDMap2`. */
export const idMapKind = {
  names: ["IndexIDMap", "IndexIDMap2"],
  class: IndexIDMap,
  codes: [CODES.IndexIDMap, CODES.IndexIDMap2],
  supports: ["train", "addWithIds", "removeIds", "reconstruct", "write"],

  /** Reads header, the inner index, the id of each position. */
  async read(reader: IndexReader, code: string): Promise<IndexIDMap> {
    const Kind = code === CODES.IndexIDMap2 ? IndexIDMap2 : IndexIDMap;
    const header = await readHeader(reader, Kind.name, "all");
    const index = await reader.index();
    expectSameShape(reader, header, index);
    const ids = await reader.vector(BigInt64Array);
    reader.expect(ids.length === header.ntotal, `Expected ${header.ntotal} ids, got ${ids.length}.`);
    return new Kind(index, ids);
  },

  async *write(
    map: IndexIDMap,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const writer = new BinaryWriter();
    writer.tag(map instanceof IndexIDMap2 ? CODES.IndexIDMap2 : CODES.IndexIDMap);
    writeHeader(writer, map);
    yield writer.flush();
    yield* writeInner(map.index);
    writer.size(map.ntotal);
    yield writer.flush();
    yield* piecesOf(map.idMap);
  },
} as const satisfies IndexKind<IndexIDMap>;
