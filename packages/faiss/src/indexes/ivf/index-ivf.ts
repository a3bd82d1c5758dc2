import { type WorkSlices, workSlices } from "@secondpass/core";
import { checkInteger } from "../../checks/check-integer.js";
import { checkK } from "../../checks/check-k.js";
import { checkRange } from "../../checks/check-position.js";
import { checkQueries } from "../../checks/check-vectors.js";
import type { Metric } from "../../contract/metric.js";
import type { SearchResult } from "../../contract/search-result.js";
import type { SearchOptions, VectorIndex, WorkOptions } from "../../contract/vector-index.js";
import { IndexDisposedError } from "../../errors/index-disposed-error.js";
import { UnknownIdError } from "../../errors/unknown-id-error.js";
import { allowsLabel, type IdFilter, labelSet } from "../../ids/id-filter.js";
import { LabelTable } from "../../ids/label-table.js";
import { packResults } from "../../kernels/pack-results.js";
import { TopK } from "../../kernels/top-k.js";
import type { VectorCodec } from "../../kernels/vector-codec.js";
import type { IndexFlat } from "../flat/index-flat.js";
import type { DirectMap } from "./direct-map.js";
import type { InvertedList } from "./inverted-list.js";
import { type InvertedLists, type ListDirectory, lastAtMost, placeOf } from "./inverted-lists.js";

/** What all IVF indexes have. */
export interface IvfState {
  readonly metric: Metric;
  /** The centroids, one a list; owned by the index. */
  readonly quantizer: IndexFlat;
  readonly codec: VectorCodec;
  /** Whether codes stand for a vector less its list's centroid. */
  readonly byResidual: boolean;
  readonly lists: InvertedLists;
  readonly nprobe: number;
  readonly directMap: DirectMap;
  readonly isTrained: boolean;
}

/**
 * Vectors in lists, one a centroid: a search visits the `nprobe` lists whose centroids are nearest. Labels are ids.
 * A search with a filter goes on to further lists until it has found k allowed vectors.
 */
export abstract class IndexIVF implements VectorIndex {
  abstract readonly kind: string;
  readonly metric: Metric;
  readonly quantizer: IndexFlat;
  readonly codec: VectorCodec;
  readonly byResidual: boolean;
  readonly directMap: DirectMap;
  isTrained: boolean;
  /** Lists a search visits; at least 1. */
  nprobe: number;
  #lists: InvertedLists | undefined;
  /** Finds an id's ordinal, a vector's number in the order of lists. Made when first needed, and dropped at every change. */
  private ordinals: LabelTable | undefined;

  protected constructor(state: IvfState) {
    this.metric = state.metric;
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

  abstract train(vectors: Float32Array, options?: WorkOptions): Promise<void>;
  abstract add(vectors: Float32Array, options?: WorkOptions): Promise<void>;
  abstract addWithIds(vectors: Float32Array, ids: BigInt64Array, options?: WorkOptions): Promise<void>;
  abstract clone(): Promise<IndexIVF>;

  async search(queries: Float32Array, k: number, options: SearchOptions = {}): Promise<SearchResult> {
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
      const best = new TopK(Math.min(k, Math.max(1, ntotal)));
      const scan = { query, best, filter, directory, lists, slices };
      if (nprobe >= nlist) await this.scanLists(directory.numbers, scan);
      else {
        const nearest = await this.quantizer.search(query, nprobe, { signal });
        await this.scanLists(toNumbers(nearest.labels), scan);
        if (filter !== undefined && best.count < k) await this.scanFurther(nearest.labels, k, scan, signal);
      }
      found.push(best);
    }
    return packResults(this.metric, found, count, k, signal, (ordinal) => lists.idAt(directory, ordinal));
  }

  async prepareReconstruct({ signal }: Pick<WorkOptions, "signal"> = {}): Promise<void> {
    const slices = workSlices(signal);
    await this.lists.directory(slices);
    while (this.ordinalTable().fill()) if (slices.due()) await slices.pause();
  }

  reconstruct(label: bigint | number): Float32Array {
    const ordinal = this.ordinalTable().find(BigInt(label));
    if (ordinal === undefined) throw new UnknownIdError(BigInt(label));
    return this.decode(ordinal);
  }

  /** Vectors in the order in which lists hold them. */
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
        // Again after a change, which makes another object of a list that was read.
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

  /** Call it after every change. */
  protected forgetOrdinals(): void {
    this.ordinals = undefined;
  }

  private async scanLists(numbers: Iterable<number>, scan: ListScan): Promise<void> {
    for (const number of numbers) {
      if (scan.slices.due()) await scan.slices.pause();
      const list = scan.lists.get(number);
      if (list !== undefined && list.length > 0) await this.scanList(number, list, scan);
    }
  }

  /** Goes on to further lists in the order of their nearness until k vectors that the filter lets through are found. */
  private async scanFurther(
    seen: BigInt64Array,
    k: number,
    scan: ListScan,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const filled = new Uint8Array(Math.ceil(this.nlist / 8));
    for (const number of scan.directory.numbers) filled[number >>> 3]! |= 1 << (number & 7);
    for (const number of toNumbers(seen)) filled[number >>> 3]! &= ~(1 << (number & 7));
    const most = Math.max(1, scan.directory.numbers.length);
    const further = await this.quantizer.search(scan.query, most, { filter: filled, signal });
    for (const number of toNumbers(further.labels)) {
      if (scan.best.count >= k) break;
      await this.scanLists([number], scan);
    }
  }

  private async scanList(number: number, list: InvertedList, scan: ListScan): Promise<void> {
    const { query, best, filter, directory, slices } = scan;
    const { codes, ids, length } = list;
    const start = directory.starts[lastAtMost(directory.numbers, number)]!;
    let probe = query;
    let base = 0;
    if (this.byResidual) {
      const centroid = this.quantizer.reconstruct(number);
      // |q - (c + r)|² = |(q - c) - r|²; q·(c + r) = q·c + q·r.
      if (this.metric === "l2") probe = query.map((value, i) => value - centroid[i]!);
      else for (let i = 0; i < centroid.length; i++) base += query[i]! * centroid[i]!;
    }
    const score = this.codec.scorer(this.metric, probe, length);
    for (let first = 0; first < length; first += CODES_PER_STEP) {
      if (first > 0 && slices.due()) await slices.pause();
      const last = Math.min(first + CODES_PER_STEP, length);
      for (let i = first; i < last; i++) {
        if (filter !== undefined && !allowsLabel(filter, ids.at(i))) continue;
        best.push(base + score(codes, i), start + i);
      }
    }
  }

  private decode(ordinal: number): Float32Array {
    const { lists } = this;
    const vector = new Float32Array(this.dimensions);
    const { number, offset } = placeOf(lists.directoryNow(), ordinal);
    this.codec.decode(lists.get(number)!.codes, offset, vector);
    if (this.byResidual) {
      const centroid = this.quantizer.reconstruct(number);
      for (let i = 0; i < vector.length; i++) vector[i]! += centroid[i]!;
    }
    return vector;
  }

  private ordinalTable(): LabelTable {
    const { lists } = this;
    const directory = lists.directoryNow();
    this.ordinals ??= new LabelTable(lists.total, (ordinal) => lists.idAt(directory, ordinal));
    return this.ordinals;
  }
}

/** Codes scored between two looks at the clock. */
const CODES_PER_STEP = 64;

/** What is the same for all lists that a query visits. */
interface ListScan {
  readonly query: Float32Array;
  readonly best: TopK;
  readonly filter: IdFilter | undefined;
  readonly directory: ListDirectory;
  readonly lists: InvertedLists;
  readonly slices: WorkSlices;
}

/** Labels that a quantizer found, up to the first that is none. */
function* toNumbers(labels: BigInt64Array): Generator<number> {
  for (const label of labels) {
    if (label < 0n) return;
    yield Number(label);
  }
}

/** What a copy of an IVF index is made from; shares quantizer and lists with it. */
export function stateOf(index: IndexIVF): IvfState {
  const { metric, quantizer, codec, byResidual, lists, nprobe, directMap, isTrained } = index;
  return { metric, quantizer, codec, byResidual, lists, nprobe, directMap, isTrained };
}
