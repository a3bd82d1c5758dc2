import { PlainRowStore } from "./plain-row-store.js";
import type { RowStore, ScanRequest, ScoreRequest } from "./row-store.js";
import type { TopK } from "./top-k.js";
import { WasmRowStore, type WasmRowStoreOptions } from "./wasm-row-store.js";

/**
 * Number of floats from which rows move into WASM memory. JavaScript scans this many in about 0.1 ms, and small indexes should
 * not reserve address space: a program may have thousands of them.
 */
const WASM_FROM_FLOATS = 1 << 16;

/** A row store in ordinary memory while rows are few, in WASM memory once they are many. */
export class AdaptiveRowStore implements RowStore {
  private store: PlainRowStore | WasmRowStore;

  constructor(
    readonly dimensions: number,
    private readonly options: WasmRowStoreOptions = {},
  ) {
    this.store = new PlainRowStore(dimensions);
  }

  get count(): number {
    return this.store.count;
  }

  append(rows: Float32Array): void {
    this.makeRoom(rows.length);
    this.store.append(rows);
  }

  appendFrom(count: number, fill: (target: Uint8Array) => Promise<void>): Promise<void> {
    this.makeRoom(count * this.dimensions);
    return this.store.appendFrom(count, fill);
  }

  copyRows(start: number, end: number): Float32Array {
    return this.store.copyRows(start, end);
  }

  scoresOf(request: ScoreRequest): Float64Array {
    return this.store.scoresOf(request);
  }

  truncate(count: number): void {
    this.store.truncate(count);
  }

  retain(kept: Uint8Array): Promise<void> {
    return this.store.retain(kept);
  }

  prepare(signal?: AbortSignal): Promise<void> {
    return this.store.prepare(signal);
  }

  scan(request: ScanRequest): Promise<TopK[]> {
    return this.store.scan(request);
  }

  /** Moves to WASM memory if `added` more floats make the store large. */
  private makeRoom(added: number): void {
    if (this.store instanceof WasmRowStore) return;
    if (this.count * this.dimensions + added < WASM_FROM_FLOATS) return;
    const large = new WasmRowStore(this.dimensions, this.options);
    large.append(this.store.copyRows(0, this.count));
    this.store = large;
  }
}
