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

/** Where float32 rows live and are scanned. Positions count from 0 and have no gaps. */
export interface RowStore {
  readonly dimensions: number;
  /** Rows stored. */
  readonly count: number;
  /** Adds whole rows at the end; a store that has to wait for it returns a promise. */
  append(rows: Float32Array): void | Promise<void>;
  /**
   * Adds `count` rows from a source that fills byte arrays in file order (dense little-endian float32): large payloads
   * go straight to where they stay. The views given to `fill` are good only until its promise settles.
   */
  appendFrom(count: number, fill: (target: Uint8Array) => Promise<void>): Promise<void>;
  /** Rows start…end-1 as a dense copy. */
  copyRows(start: number, end: number): Float32Array;
  /** Drops the rows from `count` on. */
  truncate(count: number): void;
  /** Keeps only the rows whose bit is set; later rows move down, in slices. */
  retain(kept: Uint8Array): Promise<void>;
  /**
   * Does now, in slices, what searches would do bit by bit to be faster. @throws the signal's reason
   */
  prepare(signal?: AbortSignal): Promise<void>;
  /** One TopK a query; scores as `scoreRow` defines them. */
  scan(request: ScanRequest): Promise<TopK[]>;
  /**
   * As `copyRows`, of rows that are not in memory, without holding the event loop. Stores in memory have none.
   * @param positions ascending, none twice
   */
  fetchRows?(positions: Uint32Array, signal?: AbortSignal): Promise<Float32Array>;
  /** An independent store of the same rows that shares what never changes. Stores in memory have none. */
  share?(): RowStore;
  /** Gives back what is not memory. */
  dispose?(): void;
}
