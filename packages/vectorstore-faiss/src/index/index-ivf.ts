import { TopK } from "../kernels/top-k.js";
import type { VectorCodec } from "../kernels/vector-codec.js";
import { workSlices } from "../kernels/work-slices.js";
import { checkInteger, checkRange, checkVectors } from "./check-vectors.js";
import { allowsLabel, type IdFilter } from "./id-filter.js";
import type { IndexFlat } from "./index-flat.js";
import type { InvertedList } from "./inverted-list.js";
import type { Metric } from "./metric.js";
import { packResults } from "./pack-results.js";
import type { SearchResult } from "./search-result.js";
import { UnknownIdError } from "./unknown-id-error.js";
import type { SearchOptions, VectorIndex, WorkOptions } from "./vector-index.js";

/** How ids are looked up in a file's index; faiss rebuilds the map from what is stored here. */
export type DirectMap = "none" | "array" | "hashtable";

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
  /** List and offset of each id; made when first needed, dropped at every change. */
  private places: Map<bigint, [list: number, offset: number]> | undefined;

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
    return packResults(this.metric, found, count, k, (ordinal) => this.labelAt(starts, ordinal));
  }

  reconstruct(label: bigint | number): Float32Array {
    this.places ??= this.findPlaces();
    const place = this.places.get(BigInt(label));
    if (place === undefined) throw new UnknownIdError(BigInt(label));
    return this.decode(...place);
  }

  /** Vectors in the order in which lists hold them. */
  reconstructN(start: number, count: number): Float32Array {
    checkRange(start, count, this.ntotal);
    const vectors = new Float32Array(count * this.dimensions);
    const starts = this.listStarts();
    for (let i = 0; i < count; i++) {
      const list = listOf(starts, start + i);
      vectors.set(this.decode(list, start + i - starts[list]!), i * this.dimensions);
    }
    return vectors;
  }

  async removeIds(labels: Iterable<bigint | number>): Promise<number> {
    const unwanted = new Set(Array.from(labels, BigInt));
    let removed = 0;
    for (const list of this.lists) {
      for (let i = 0; i < list.length; ) {
        if (unwanted.has(list.ids.at(i))) {
          list.remove(i);
          removed++;
        } else i++;
      }
    }
    this.forgetPlaces();
    return removed;
  }

  dispose(): void {
    this.quantizer.dispose();
    this.lists.length = 0;
  }

  protected forgetPlaces(): void {
    this.places = undefined;
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

  private decode(list: number, offset: number): Float32Array {
    const vector = new Float32Array(this.dimensions);
    this.codec.decode(this.lists[list]!.codes, offset, vector);
    if (this.byResidual) {
      const centroid = this.quantizer.reconstruct(list);
      for (let i = 0; i < vector.length; i++) vector[i]! += centroid[i]!;
    }
    return vector;
  }

  /** Vectors before each list, and at the end their total: a vector's ordinal tells its list and offset. */
  private listStarts(): number[] {
    const starts = [0];
    for (const list of this.lists) starts.push(starts.at(-1)! + list.length);
    return starts;
  }

  private labelAt(starts: number[], ordinal: number): bigint {
    const list = listOf(starts, ordinal);
    return this.lists[list]!.ids.at(ordinal - starts[list]!);
  }

  private findPlaces(): Map<bigint, [number, number]> {
    const places = new Map<bigint, [number, number]>();
    this.lists.forEach((list, number) => {
      for (let offset = 0; offset < list.length; offset++) places.set(list.ids.at(offset), [number, offset]);
    });
    return places;
  }
}

/** The list that holds an ordinal: the last that starts at or before it and is not empty. */
function listOf(starts: readonly number[], ordinal: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= ordinal) low = middle;
    else high = middle;
  }
  return low;
}

/** What a copy of an IVF index is made from; shares quantizer and lists with it. */
export function stateOf(index: IndexIVF): IvfState {
  const { metric, quantizer, codec, byResidual, lists, nprobe, directMap, isTrained } = index;
  return { metric, quantizer, codec, byResidual, lists, nprobe, directMap, isTrained };
}
