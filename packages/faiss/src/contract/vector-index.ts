import type { IdFilter } from "../ids/id-filter.js";
import type { Metric } from "./metric.js";
import type { SearchResult } from "./search-result.js";

/** What long work accepts: it runs in slices of a few milliseconds or in workers, so the event loop stays free. */
export interface WorkOptions {
  /** Stops the work between two slices; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called between slices with what is done and what there is to do, in vectors. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** How one search differs from another over the same index. */
export interface SearchOptions {
  /** Labels that may be returned; applied before the search, so that it still finds the k nearest allowed ones. */
  readonly filter?: IdFilter;
  readonly signal?: AbortSignal;
  /** Graph indexes: nodes kept while searching, at least k. @default the index's own `efSearch` */
  readonly efSearch?: number;
  /** IVF indexes: lists visited. @default the index's own `nprobe` */
  readonly nprobe?: number;
}

/**
 * A set of vectors that can be searched, in faiss's terms. Vectors go in and out row-major: row i is
 * `vectors.subarray(i * dimensions, (i + 1) * dimensions)`. Arrays handed in are copied, never kept or changed.
 * Searches may overlap one another; wait for `add`, `train` and `removeIds` before the next call.
 */
export interface VectorIndex {
  /** faiss's class name, such as "IndexFlatL2". */
  readonly kind: string;
  readonly dimensions: number;
  readonly metric: Metric;
  /** The power of metric `"lp"`. @default 0 */
  readonly metricArg?: number;
  /** Vectors stored. */
  readonly ntotal: number;
  /** Whether `add` may be called; IVF indexes start untrained. */
  readonly isTrained: boolean;
  /** Whether the label of a vector is its position, so that `reconstructN` goes by labels. @default false */
  readonly labelsArePositions?: boolean;

  /**
   * Learns from sample vectors what the index needs before `add`; nothing for kinds that need nothing.
   * @throws InvalidVectorError, DimensionMismatchError
   */
  train(vectors: Float32Array, options?: WorkOptions): Promise<void>;

  /**
   * Stores vectors, shape [n, dimensions]; labels go on from `ntotal`. Refused input changes nothing.
   * @throws InvalidVectorError naming the first row with NaN or an infinity; DimensionMismatchError
   */
  add(vectors: Float32Array, options?: WorkOptions): Promise<void>;

  /**
   * Stores vectors under the caller's labels, one each (IDMap and IVF kinds).
   * @throws UnsupportedOperationError for kinds whose labels are positions
   */
  addWithIds(vectors: Float32Array, ids: BigInt64Array, options?: WorkOptions): Promise<void>;

  /**
   * The k nearest of each query, shape [queries, dimensions]. Ties go to the lower position.
   * @param k neighbours per query, a positive integer; may exceed `ntotal`
   */
  search(queries: Float32Array, k: number, options?: SearchOptions): Promise<SearchResult>;

  /**
   * Makes in slices what `reconstruct` looks labels up in, for kinds that need such a table (IVF, IDMap2). Without it the
   * first `reconstruct` after a change makes it at a stretch: about a second for five million vectors.
   */
  prepareReconstruct?(options?: Pick<WorkOptions, "signal">): Promise<void>;

  /** A copy of the stored vector (for quantised kinds, what its code decodes to). @throws InvalidArgumentError */
  reconstruct(label: bigint | number): Float32Array;

  /** Copies of `count` vectors from position `start`, in the order in which they are stored: [count, dimensions]. */
  reconstructN(start: number, count: number): Float32Array;

  /**
   * Removes vectors by label; unknown labels are ignored. Where labels are positions, later vectors move down.
   * @returns how many were removed
   */
  removeIds(labels: Iterable<bigint | number>): Promise<number>;

  /** Drops the vectors from position `count` on; missing in kinds for which that is work. */
  truncate?(count: number): void;

  /** An independent copy. */
  clone(): Promise<VectorIndex>;

  /**
   * A copy without the vectors of some labels, for indexes whose labels are 0…ntotal-1: those of later vectors move down. Graphs
   * are mended or built again; no vector is encoded again, so that codes stay as they are.
   * @param options `onProgress` counts vectors of graphs
   */
  without?(labels: Iterable<number>, options?: WorkOptions): Promise<VectorIndex>;

  /** An index of the same kind and parameters without vectors, ready for `add`; missing in kinds that are only read. */
  emptyCopy?(): Promise<VectorIndex>;

  /** Gives memory and workers back; the index must not be used afterwards. */
  dispose(): void;
}
