import type { Metric } from "../contract/metric.js";
import type { TopK } from "./top-k.js";

/** One exact search over all rows of a store. */
export interface ScanRequest {
  readonly metric: Metric;
  /** [count, dimensions] row-major. */
  readonly queries: Float32Array;
  readonly k: number;
  /** Bitmap over positions (bit `p & 7` of byte `p >> 3`); rows without their bit are skipped. */
  readonly allowed?: Uint8Array;
  readonly signal?: AbortSignal;
  /** The power of metric `"lp"`. @default 0 */
  readonly metricArg?: number;
}

/** Some rows to be scored for a query. */
export interface ScoreRequest {
  readonly metric: Metric;
  /** [dimensions] */
  readonly query: Float32Array;
  /** In any order. */
  readonly positions: Uint32Array;
  /** The power of metric `"lp"`. @default 0 */
  readonly metricArg?: number | undefined;
}

/** A store of float32 rows, which it can scan. Positions count from 0 and have no gaps. */
export interface RowStore {
  readonly dimensions: number;
  /** Number of rows. */
  readonly count: number;
  /** Adds whole rows at the end; returns a promise if the store must wait. */
  append(rows: Float32Array): void | Promise<void>;
  /**
   * Adds `count` rows from a source that fills byte arrays in file order (dense little-endian float32), without
   * an intermediate copy. The views given to `fill` are valid only until its promise settles.
   */
  appendFrom(count: number, fill: (target: Uint8Array) => Promise<void>): Promise<void>;
  /** Rows start…end-1 as a dense copy. */
  copyRows(start: number, end: number): Float32Array;
  /** The score of each position, by `scoreRow`. Missing in stores that are not in memory. */
  scoresOf?(request: ScoreRequest): Float64Array;
  /** Drops the rows from `count` on. */
  truncate(count: number): void;
  /** Keeps only the rows whose bit is set; later rows move down, in slices. */
  retain(kept: Uint8Array): Promise<void>;
  /**
   * Prepares, in slices, data that searches would otherwise build step by step to be faster. @throws the signal's reason
   */
  prepare(signal?: AbortSignal): Promise<void>;
  /** One TopK for each query; `scoreRow` defines the scores. */
  scan(request: ScanRequest): Promise<TopK[]>;
  /**
   * As `copyRows`, for rows that are not in memory, without blocking the event loop. Missing in stores in memory.
   * @param positions ascending, without duplicates
   */
  fetchRows?(positions: Uint32Array, signal?: AbortSignal): Promise<Float32Array>;
  /** An independent store of the same rows that shares constant data. Missing in stores in memory. */
  share?(): RowStore;
  /** Releases resources other than memory. */
  dispose?(): void;
}
