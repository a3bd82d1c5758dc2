import { workSlices } from "@secondpass/core";
import { checkInteger } from "../../checks/check-integer.js";
import { checkRange } from "../../checks/check-position.js";
import { checkVectors } from "../../checks/check-vectors.js";
import type { Metric } from "../../contract/metric.js";
import type { SearchResult } from "../../contract/search-result.js";
import type { SearchOptions, VectorIndex, WorkOptions } from "../../contract/vector-index.js";
import { UnknownIdError } from "../../errors/unknown-id-error.js";
import { allowsLabel, type IdFilter, labelSet } from "../../ids/id-filter.js";
import { LabelTable } from "../../ids/label-table.js";
import { packResults } from "../../kernels/pack-results.js";
import { TopK } from "../../kernels/top-k.js";
import type { VectorCodec } from "../../kernels/vector-codec.js";
import type { IndexFlat } from "../flat/index-flat.js";
import type { DirectMap } from "./direct-map.js";
import type { InvertedList } from "./inverted-list.js";

/** What all IVF indexes have. */
export interface IvfState {
  readonly metric: Metric;
  /** The centroids, one a list; owned by the index. */
  readonly quantizer: IndexFlat;
  readonly codec: VectorCodec;
  /** Whether codes stand for a vector less its list's centroid. */
  readonly byResidual: boolean;
  readonly lists: InvertedList[];
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
  readonly lists: InvertedList[];
  readonly directMap: DirectMap;
  isTrained: boolean;
  /** Lists a search visits; at least 1. */
  nprobe: number;
  /** Vectors before each list, and at the end their total: a vector's ordinal tells its list and offset. */
  private starts: readonly number[] | undefined;
  /** Finds an id's ordinal. Both are made when first needed, and dropped at every change. */
  private ordinals: LabelTable | undefined;

  protected constructor(state: IvfState) {
    this.metric = state.metric;
    this.quantizer = state.quantizer;
    this.codec = state.codec;
    this.byResidual = state.byResidual;
    this.lists = state.lists;
    this.nprobe = state.nprobe;
    this.directMap = state.directMap;
    this.isTrained = state.isTrained;
  }

  get dimensions(): number {
    return this.codec.dimensions;
  }

  get nlist(): number {
    return this.lists.length;
  }

  get ntotal(): number {
    return this.lists.reduce((total, list) => total + list.length, 0);
  }

  abstract train(vectors: Float32Array, options?: WorkOptions): Promise<void>;
  abstract add(vectors: Float32Array, options?: WorkOptions): Promise<void>;
  abstract addWithIds(vectors: Float32Array, ids: BigInt64Array, options?: WorkOptions): Promise<void>;
  abstract clone(): Promise<IndexIVF>;

  async search(queries: Float32Array, k: number, options: SearchOptions = {}): Promise<SearchResult> {
    const { filter, signal, nprobe = this.nprobe } = options;
    const { dimensions, nlist } = this;
    const count = checkVectors(queries, dimensions, "queries");
    checkInteger("k", k, 1);
    checkInteger("nprobe", nprobe, 1);
    const probes = Math.min(nprobe, nlist);
    const slices = workSlices(signal);
    const starts = this.listStarts();
    const found: TopK[] = [];
    for (let q = 0; q < count; q++) {
      const query = queries.subarray(q * dimensions, (q + 1) * dimensions);
      const nearest = await this.quantizer.search(query, filter === undefined ? probes : nlist, { signal });
      const best = new TopK(Math.min(k, Math.max(1, starts.at(-1)!)));
      for (let probe = 0; probe < nearest.labels.length; probe++) {
        if (probe >= probes && best.count >= k) break;
        const list = Number(nearest.labels[probe]);
        if (list < 0) break;
        if (slices.due()) await slices.pause();
        this.scanList(list, query, best, starts[list]!, filter);
      }
      found.push(best);
    }
    return packResults(this.metric, found, count, k, (ordinal) => this.labelAt(ordinal));
  }

  async prepareReconstruct({ signal }: Pick<WorkOptions, "signal"> = {}): Promise<void> {
    const slices = workSlices(signal);
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
    let removed = 0;
    for (const list of this.lists) {
      for (let i = 0; i < list.length; ) {
        if (unwanted.has(list.ids.at(i))) {
          list.remove(i);
          removed++;
        } else i++;
        if (slices.due()) await slices.pause();
      }
    }
    this.forgetOrdinals();
    return removed;
  }

  dispose(): void {
    this.quantizer.dispose();
    this.lists.length = 0;
  }

  /** Call it after every change. */
  protected forgetOrdinals(): void {
    this.starts = undefined;
    this.ordinals = undefined;
  }

  private scanList(list: number, query: Float32Array, best: TopK, start: number, filter?: IdFilter): void {
    const { codes, ids, length } = this.lists[list]!;
    if (length === 0) return;
    let probe = query;
    let base = 0;
    if (this.byResidual) {
      const centroid = this.quantizer.reconstruct(list);
      // |q - (c + r)|² = |(q - c) - r|²; q·(c + r) = q·c + q·r.
      if (this.metric === "l2") probe = query.map((value, i) => value - centroid[i]!);
      else for (let i = 0; i < centroid.length; i++) base += query[i]! * centroid[i]!;
    }
    const score = this.codec.scorer(this.metric, probe);
    for (let i = 0; i < length; i++) {
      if (filter !== undefined && !allowsLabel(filter, ids.at(i))) continue;
      best.push(base + score(codes, i), start + i);
    }
  }

  private decode(ordinal: number): Float32Array {
    const vector = new Float32Array(this.dimensions);
    const { list, offset } = this.placeOf(ordinal);
    this.codec.decode(this.lists[list]!.codes, offset, vector);
    if (this.byResidual) {
      const centroid = this.quantizer.reconstruct(list);
      for (let i = 0; i < vector.length; i++) vector[i]! += centroid[i]!;
    }
    return vector;
  }

  private listStarts(): readonly number[] {
    if (this.starts === undefined) {
      const starts = [0];
      for (const list of this.lists) starts.push(starts.at(-1)! + list.length);
      this.starts = starts;
    }
    return this.starts;
  }

  private ordinalTable(): LabelTable {
    this.ordinals ??= new LabelTable(this.ntotal, (ordinal) => this.labelAt(ordinal));
    return this.ordinals;
  }

  private labelAt(ordinal: number): bigint {
    const { list, offset } = this.placeOf(ordinal);
    return this.lists[list]!.ids.at(offset);
  }

  /** The list that holds an ordinal: the last that starts at or before it and is not empty. */
  private placeOf(ordinal: number): { list: number; offset: number } {
    const starts = this.listStarts();
    let low = 0;
    let high = starts.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= ordinal) low = middle;
      else high = middle;
    }
    return { list: low, offset: ordinal - starts[low]! };
  }
}

/** What a copy of an IVF index is made from; shares quantizer and lists with it. */
export function stateOf(index: IndexIVF): IvfState {
  const { metric, quantizer, codec, byResidual, lists, nprobe, directMap, isTrained } = index;
  return { metric, quantizer, codec, byResidual, lists, nprobe, directMap, isTrained };
}
