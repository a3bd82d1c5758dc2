import type { IdFilter } from "../ids/id-filter.js";
import type { Metric } from "./metric.js";
import type { SearchResult } from "./search-result.js";

/** Options of long work, which runs in slices of a few milliseconds or in workers, without blocking the event loop. */
export interface WorkOptions {
  /** Stops the work between two slices; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called between slices with the number of vectors done, and of all vectors. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Options of one search. */
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
 * A set of vectors that can be searched, in faiss's terms. Arrays of vectors are row-major: row i is
 * `vectors.subarray(i * dimensions, (i + 1) * dimensions)`. Arrays passed in are copied, never kept or changed.
 * Searches may overlap; wait for `add`, `train` and `removeIds` before the next call.
 */
export interface VectorIndex {
  /** faiss's class name, such as "IndexFlatL2". */
  readonly kind: string;
  readonly dimensions: number;
  readonly metric: Metric;
  /** The power of metric `"lp"`. @default 0 */
  readonly metricArg?: number;
  /** Number of vectors stored. */
  readonly ntotal: number;
  /** Whether `add` may be called; IVF indexes start untrained. */
  readonly isTrained: boolean;
  /** Whether labels are positions, so that `reconstructN` also counts by labels. @default false */
  readonly labelsArePositions?: boolean;

  /**
   * Trains the index with sample vectors before `add`; does nothing for kinds without training.
   * @throws InvalidVectorError, DimensionMismatchError
   */
  train(vectors: Float32Array, options?: WorkOptions): Promise<void>;

  /**
   * Stores vectors, shape [n, dimensions]; labels continue from `ntotal`. Invalid input changes nothing.
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
   * Makes the table in which `reconstruct` looks up labels, in slices, for kinds that need one (IVF, IDMap2). Otherwise the
   * first `reconstruct` after a change makes it without a pause: about a second for five million vectors.
   */
  prepareReconstruct?(options?: Pick<WorkOptions, "signal">): Promise<void>;

  /** A copy of the stored vector (for quantised kinds, its decoded code). @throws InvalidArgumentError */
  reconstruct(label: bigint | number): Float32Array;

  /** Copies of `count` vectors from position `start`, in the order in which they are stored: [count, dimensions]. */
  reconstructN(start: number, count: number): Float32Array;

  /**
   * Removes vectors by label; unknown labels are ignored. If labels are positions, later vectors move down.
   * @returns the number of vectors removed
   */
  removeIds(labels: Iterable<bigint | number>): Promise<number>;

  /** Drops the vectors from position `count` on; missing in kinds for which this is not fast. */
  truncate?(count: number): void;

  /** An independent copy. */
  clone(): Promise<VectorIndex>;

  /**
   * A copy without the vectors of some labels, for indexes whose labels are 0…ntotal-1: those of later vectors move down. Graphs
   * are repaired or built again; vectors are not encoded again, so codes do not change.
   * @param options `onProgress` counts vectors of graphs
   */
  without?(labels: Iterable<number>, options?: WorkOptions): Promise<VectorIndex>;

  /** An index of the same kind and parameters without vectors, ready for `add`; missing in kinds that are only read. */
  emptyCopy?(): Promise<VectorIndex>;

  /** Frees memory and workers; the index must not be used afterwards. */
  dispose(): void;
}
