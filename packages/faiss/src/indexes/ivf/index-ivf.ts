import { type WorkSlices, workSlices } from "@secondpass/core";
import { checkInteger } from "../../checks/check-integer.js";
import { checkK } from "../../checks/check-k.js";
import { checkRange } from "../../checks/check-position.js";
import { checkQueries, checkVectorsInSlices } from "../../checks/check-vectors.js";
import { checkKMeansOptions, checkSearchOptions, checkWorkOptions } from "../../checks/check-work-options.js";
import type { Metric } from "../../contract/metric.js";
import { reportDone } from "../../contract/report-done.js";
import type { SearchResult } from "../../contract/search-result.js";
import type { SearchOptions, VectorIndex, WorkOptions } from "../../contract/vector-index.js";
import { IndexDisposedError } from "../../errors/index-disposed-error.js";
import { InvalidArgumentError } from "../../errors/invalid-argument-error.js";
import { UnknownIdError } from "../../errors/unknown-id-error.js";
import { UnsupportedOperationError } from "../../errors/unsupported-operation-error.js";
import { checkIds, checkLabel } from "../../ids/check-labels.js";
import { isAllowed, keepAllBut, labelSet, positionsWithout } from "../../ids/id-filter.js";
import { LabelTable } from "../../ids/label-table.js";
import { setBit } from "../../ids/set-bit.js";
import { packResults } from "../../kernels/pack-results.js";
import type { TopK } from "../../kernels/top-k.js";
import type { CodeScorer, VectorCodec } from "../../kernels/vector-codec.js";
import { cannotEncode } from "../codes/index-codes.js";
import type { DirectMap } from "./direct-map.js";
import { InvertedLists, type ListDirectory, lastAtMost, placeOf } from "./inverted-lists.js";
import { type ListQuery, type ListScan, type ListScorer, PlainListScan } from "./list-scan.js";
import { type KMeansOptions, trainCentroids } from "./train-centroids.js";

/** The parts of every IVF index. */
export interface IvfState<Codec extends VectorCodec = VectorCodec> {
  readonly metric: Metric;
  /** The power of metric `"lp"`. @default 0 */
  readonly metricArg?: number;
  /** The index of centroids, one for each list, by position; owned by the IVF index. */
  readonly quantizer: VectorIndex;
  readonly codec: Codec;
  /** Whether codes encode the vector minus its list's centroid. */
  readonly byResidual: boolean;
  readonly lists: InvertedLists;
  readonly nprobe: number;
  readonly directMap: DirectMap;
  readonly isTrained: boolean;
}

/** Vectors assigned to lists in one step. */
const VECTORS_PER_STEP = 256;

/**
 * Vectors in lists around centroids: a search visits the `nprobe` lists whose centroids are nearest. Labels are ids.
 * A search with a filter visits further lists until it has found k allowed vectors.
 */
export abstract class IndexIVF<Codec extends VectorCodec = VectorCodec> implements VectorIndex {
  abstract readonly kind: string;
  readonly metric: Metric;
  readonly metricArg: number;
  readonly quantizer: VectorIndex;
  readonly codec: Codec;
  readonly byResidual: boolean;
  readonly directMap: DirectMap;
  isTrained: boolean;
  /** Number of lists that a search visits; at least 1. */
  nprobe: number;
  #lists: InvertedLists | undefined;
  /** Finds an id's ordinal, a vector's number in the order of lists. Made when first needed, and dropped at every change. */
  private ordinals: LabelTable | undefined;

  constructor(state: IvfState<Codec>) {
    this.metric = state.metric;
    this.metricArg = state.metricArg ?? 0;
    this.quantizer = state.quantizer;
    this.codec = state.codec;
    this.byResidual = state.byResidual;
    this.#lists = state.lists;
    this.nprobe = state.nprobe;
    this.directMap = state.directMap;
    this.isTrained = state.isTrained;
  }

  get dimensions(): number {
    return this.codec.dimensions;
  }

  /** @throws IndexDisposedError */
  get lists(): InvertedLists {
    if (this.#lists === undefined) throw new IndexDisposedError(this.kind);
    return this.#lists;
  }

  get nlist(): number {
    return this.lists.count;
  }

  get ntotal(): number {
    return this.lists.total;
  }

  /** An index of the same kind made from other parts. */
  protected abstract withState(state: IvfState<Codec>): this;

  async train(_vectors: Float32Array, options?: WorkOptions): Promise<void> {
    checkKMeansOptions(options);
    if (this.isTrained) return;
    throw new UnsupportedOperationError(
      this.kind,
      "train",
      "Train it with Python's faiss, and save it there.",
    );
  }

  /** Finds centroids by k-means, unless the index has them already. @throws InvalidArgumentError for fewer vectors than lists */
  protected async trainQuantizer(vectors: Float32Array, options: KMeansOptions): Promise<void> {
    const { dimensions, nlist, metric } = this;
    const count = await checkVectorsInSlices(vectors, dimensions, "vectors", options.signal);
    if (this.isTrained) return;
    if (count < nlist)
      throw new InvalidArgumentError("vectors", `at least nlist (${nlist}) vectors to train with`, count);
    await this.quantizer.add(await trainCentroids(vectors, dimensions, nlist, metric, options));
    this.isTrained = true;
  }

  async add(vectors: Float32Array, options?: WorkOptions): Promise<void> {
    await this.assign("add", vectors, BigInt(this.ntotal), options);
  }

  async addWithIds(vectors: Float32Array, ids: BigInt64Array, options?: WorkOptions): Promise<void> {
    await this.assign("addWithIds", vectors, ids, options);
  }

  async clone(): Promise<this> {
    const quantizer = await this.quantizer.clone();
    return this.withState({ ...stateOf(this), quantizer, lists: await this.lists.clone(workSlices()) });
  }

  async without(labels: Iterable<number>, options: WorkOptions = {}): Promise<this> {
    checkWorkOptions(options, "without");
    const slices = workSlices(options.signal);
    const { ntotal } = this;
    const { kept } = await keepAllBut(labels, ntotal, slices);
    const names = new Uint32Array(ntotal);
    for (let label = 0, name = 0; label < ntotal; label++) {
      names[label] = name;
      if (isAllowed(kept, label)) name++;
      if (slices.due()) await slices.pause();
    }
    const copy = await this.clone();
    await copy.removeIds(positionsWithout(kept, ntotal));
    await copy.renameIds((id) => (id >= 0n && id < ntotal ? BigInt(names[Number(id)]!) : id), slices);
    reportDone(options, copy.ntotal);
    return copy;
  }

  /** A copy without vectors that keeps the centroids. @throws UnsupportedOperationError if the codec cannot encode */
  async emptyCopy(): Promise<this> {
    if (this.codec.encode === undefined) throw cannotEncode(this.kind, "making an empty copy");
    const lists = new InvertedLists(this.nlist, this.codec.codeSize);
    return this.withState({ ...stateOf(this), quantizer: await this.quantizer.clone(), lists });
  }

  /** Adds each vector to the list of its nearest centroid. @param ids one for each, or the first of consecutive ids */
  protected async assign(
    operation: string,
    vectors: Float32Array,
    ids: BigInt64Array | bigint,
    options: WorkOptions = {},
  ): Promise<void> {
    checkWorkOptions(options, operation);
    const { signal, onProgress } = options;
    const { dimensions, codec } = this;
    if (codec.encode === undefined) throw cannotEncode(this.kind, operation);
    const count = await checkVectorsInSlices(vectors, dimensions, "vectors", signal);
    if (!this.isTrained)
      throw new UnsupportedOperationError(this.kind, "add before train", "Call `train` first.");
    if (typeof ids !== "bigint") checkIds(ids, count);
    const slices = workSlices(signal);
    const numbers = new Uint32Array(count);
    const codes = new Uint8Array(count * codec.codeSize);
    for (let start = 0; start < count; start += VECTORS_PER_STEP) {
      const part = vectors.subarray(start * dimensions, (start + VECTORS_PER_STEP) * dimensions);
      const { labels } = await this.quantizer.search(part, 1, { signal });
      for (const [i, label] of labels.entries()) {
        const at = start + i;
        numbers[at] = Number(label);
        this.encode(
          numbers[at]!,
          vectors.slice(at * dimensions, (at + 1) * dimensions),
          codeAt(codes, at, codec),
        );
        if (slices.due()) await slices.pause();
      }
      onProgress?.(Math.min(start + VECTORS_PER_STEP, count), count);
    }
    // Store only after all vectors are assigned, so that an aborted call changes nothing.
    for (let i = 0; i < count; i++) {
      const id = typeof ids === "bigint" ? ids + BigInt(i) : ids[i]!;
      this.store(numbers[i]!, codeAt(codes, i, codec), id);
      if (slices.due()) await slices.pause({ ignoreSignal: true });
    }
    this.forgetOrdinals();
  }

  /** Adds a code to a list. */
  protected store(list: number, code: Uint8Array, id: bigint): void {
    this.lists.append(list, code, id);
  }

  /** Encodes a vector. @param vector may be changed */
  protected encode(list: number, vector: Float32Array, target: Uint8Array): void {
    if (this.byResidual) {
      const centroid = this.quantizer.reconstruct(list);
      for (let i = 0; i < vector.length; i++) vector[i]! -= centroid[i]!;
    }
    this.codec.encode!(vector, target);
  }

  /** Decodes a code of a list. */
  protected decodeFrom(list: number, codes: Uint8Array, row: number, target: Float32Array): void {
    this.codec.decode(codes, row, target);
    if (!this.byResidual) return;
    const centroid = this.quantizer.reconstruct(list);
    for (let i = 0; i < target.length; i++) target[i]! += centroid[i]!;
  }

  /** The scan of lists for a query. */
  protected listScan(request: ListQuery): ListScan {
    return new PlainListScan(request, (numbers) => this.scorers(request.query, numbers, request.slices));
  }

  /**
   * Compares a query with some lists.
   * @param numbers all lists that the query visits
   */
  protected async scorers(
    query: Float32Array,
    _numbers: readonly number[],
    _slices: WorkSlices,
  ): Promise<ListScorer> {
    return (list, length) => this.scorer(query, list, length);
  }

  /** Compares a query with a list. */
  protected scorer(query: Float32Array, list: number, length: number): CodeScorer {
    if (!this.byResidual) return this.codec.scorer(this.metric, query, length);
    const centroid = this.quantizer.reconstruct(list);
    if (this.metric === "l2") {
      // |q - (c + r)|² = |(q - c) - r|².
      const probe = query.map((value, i) => value - centroid[i]!);
      return this.codec.scorer(this.metric, probe, length);
    }
    // q·(c + r) = q·c + q·r.
    let base = 0;
    for (let i = 0; i < centroid.length; i++) base += query[i]! * centroid[i]!;
    const score = this.codec.scorer(this.metric, query, length);
    return (codes, row, threshold) => base + score(codes, row, threshold - base);
  }

  async search(queries: Float32Array, k: number, options: SearchOptions = {}): Promise<SearchResult> {
    checkSearchOptions(options);
    const { filter, signal, nprobe = this.nprobe } = options;
    const { dimensions, nlist, ntotal, lists } = this;
    const count = await checkQueries(queries, dimensions, signal);
    checkK(k, count);
    checkInteger("nprobe", nprobe, 1);
    const slices = workSlices(signal);
    const directory = await lists.directory(slices);
    const found: TopK[] = [];
    for (let q = 0; q < count; q++) {
      const query = queries.subarray(q * dimensions, (q + 1) * dimensions);
      const scan = this.listScan({ query, k: Math.min(k, Math.max(1, ntotal)), filter, slices });
      const run = { query, scan, directory, lists, slices };
      try {
        if (nprobe >= nlist) await this.scanLists(directory.numbers, run);
        else {
          const nearest = await this.quantizer.search(query, nprobe, { signal });
          await this.scanLists(toNumbers(nearest.labels), run, nearest.distances);
          if (filter !== undefined && scan.count < k) await this.scanFurther(nearest.labels, k, run, signal);
        }
        found.push(scan.best());
      } finally {
        scan.release();
      }
    }
    return packResults(this.metric, found, count, k, signal, (ordinal) => lists.idAt(directory, ordinal));
  }

  async prepareReconstruct(options: Pick<WorkOptions, "signal"> = {}): Promise<void> {
    checkWorkOptions(options, "prepareReconstruct", ["signal"]);
    const { signal } = options;
    const slices = workSlices(signal);
    await this.lists.directory(slices);
    while (this.ordinalTable().fill()) if (slices.due()) await slices.pause();
  }

  reconstruct(label: bigint | number): Float32Array {
    const ordinal = this.ordinalTable().find(checkLabel(label));
    if (ordinal === undefined) throw new UnknownIdError(BigInt(label));
    return this.decode(ordinal);
  }

  /** Vectors in the order of lists. */
  reconstructN(start: number, count: number): Float32Array {
    checkRange(start, count, this.ntotal);
    const vectors = new Float32Array(count * this.dimensions);
    for (let i = 0; i < count; i++) vectors.set(this.decode(start + i), i * this.dimensions);
    return vectors;
  }

  async removeIds(labels: Iterable<bigint | number>): Promise<number> {
    const slices = workSlices();
    const unwanted = await labelSet(labels, slices);
    const { lists } = this;
    let removed = 0;
    for (const number of (await lists.directory(slices)).numbers) {
      for (let i = 0; i < (lists.get(number)?.length ?? 0); ) {
        // Get the list again, since a change replaces a list that was read.
        const { ids, length } = lists.get(number)!;
        while (i < length && !unwanted.has(ids.at(i))) {
          i++;
          if (slices.due()) await slices.pause();
        }
        if (i === length) break;
        lists.remove(number, i);
        removed++;
      }
      if (slices.due()) await slices.pause();
    }
    this.forgetOrdinals();
    return removed;
  }

  dispose(): void {
    this.quantizer.dispose();
    this.#lists = undefined;
    this.ordinals = undefined;
  }

  /** Gives vectors other ids. */
  protected async renameIds(nameOf: (id: bigint) => bigint, slices: WorkSlices): Promise<void> {
    await this.lists.renameIds(nameOf, slices);
    this.forgetOrdinals();
  }

  /** Drops the table of ids. Call it after every change. */
  protected forgetOrdinals(): void {
    this.ordinals = undefined;
  }

  /** @param distances known distances of centroids */
  private async scanLists(numbers: Iterable<number>, run: QueryRun, distances?: Float32Array): Promise<void> {
    const { scan, directory, lists, slices } = run;
    const all = [...numbers];
    await scan.prepare(all);
    const { numbers: filled, starts } = directory;
    for (const [i, number] of all.entries()) {
      if (slices.due()) await slices.pause();
      const list = lists.codesOf(number);
      const at = lastAtMost(filled, number);
      if (list === undefined || filled[at] !== number) continue;
      const { codes, first } = list;
      const start = starts[at]!;
      // Vectors that were added or removed since the search began are not in the directory.
      const length = Math.min(list.length, starts[at + 1]! - start);
      const distance = distances?.[i];
      const ids = () => lists.get(number)!.ids;
      const scanned = scan.scan({ number, codes, first, start, length, distance, ids });
      if (scanned !== undefined) await scanned;
    }
  }

  /** Visits further lists, the nearest first, until k vectors that pass the filter are found. */
  private async scanFurther(
    seen: BigInt64Array,
    k: number,
    run: QueryRun,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const filled = new Uint8Array(Math.ceil(this.nlist / 8));
    for (const number of run.directory.numbers) setBit(filled, number);
    for (const number of toNumbers(seen)) filled[number >>> 3]! &= ~(1 << (number & 7));
    const most = Math.max(1, run.directory.numbers.length);
    const further = await this.quantizer.search(run.query, most, { filter: filled, signal });
    for (const number of toNumbers(further.labels)) {
      if (run.scan.count >= k) break;
      await this.scanLists([number], run);
    }
  }

  private decode(ordinal: number): Float32Array {
    const { lists } = this;
    const vector = new Float32Array(this.dimensions);
    const { number, offset } = placeOf(lists.directoryNow(), ordinal);
    this.decodeFrom(number, lists.get(number)!.codes, offset, vector);
    return vector;
  }

  private ordinalTable(): LabelTable {
    const { lists } = this;
    const directory = lists.directoryNow();
    this.ordinals ??= new LabelTable(lists.total, (ordinal) => lists.idAt(directory, ordinal));
    return this.ordinals;
  }
}

/** The part of a search that is the same for all lists of a query. */
interface QueryRun {
  readonly query: Float32Array;
  readonly scan: ListScan;
  readonly directory: ListDirectory;
  readonly lists: InvertedLists;
  readonly slices: WorkSlices;
}

/** Labels that a quantizer found, up to the first empty slot. */
function* toNumbers(labels: BigInt64Array): Generator<number> {
  for (const label of labels) {
    if (label < 0n) return;
    yield Number(label);
  }
}

/** The parts for a copy of an IVF index, which shares quantizer and lists. */
function stateOf<Codec extends VectorCodec>(index: IndexIVF<Codec>): IvfState<Codec> {
  const { metric, metricArg, quantizer, codec, byResidual, lists, nprobe, directMap, isTrained } = index;
  return { metric, metricArg, quantizer, codec, byResidual, lists, nprobe, directMap, isTrained };
}

function codeAt(codes: Uint8Array, row: number, { codeSize }: VectorCodec): Uint8Array {
  return codes.subarray(row * codeSize, (row + 1) * codeSize);
}
