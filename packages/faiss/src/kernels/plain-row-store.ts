import { workSlices } from "@secondpass/core";
import { isAllowed } from "../ids/id-filter.js";
import type { RowStore, ScanRequest, ScoreRequest } from "./row-store.js";
import { scoreRow } from "./score-row.js";
import { TopK } from "./top-k.js";

/** Rows scanned between two checks of the clock: 64 rows of 1,000 dimensions take about 60 µs. */
const ROWS_PER_STEP = 64;

/** Rows in ordinary memory, scanned in JavaScript: for small indexes, and for engines without WASM SIMD. */
export class PlainRowStore implements RowStore {
  private rows = new Float32Array(0);
  private length = 0;

  constructor(readonly dimensions: number) {}

  get count(): number {
    return this.length;
  }

  /** The array of rows, valid until the next change; may be longer than `count` rows. */
  get data(): Float32Array {
    return this.rows;
  }

  append(rows: Float32Array): void {
    const added = rows.length / this.dimensions;
    this.reserve(added);
    this.rows.set(rows, this.length * this.dimensions);
    this.length += added;
  }

  async appendFrom(count: number, fill: (target: Uint8Array) => Promise<void>): Promise<void> {
    this.reserve(count);
    const start = this.length * this.dimensions * 4;
    await fill(new Uint8Array(this.rows.buffer, start, count * this.dimensions * 4));
    this.length += count;
  }

  copyRows(start: number, end: number): Float32Array {
    return this.rows.slice(start * this.dimensions, end * this.dimensions);
  }

  scoresOf({ metric, query, positions, metricArg }: ScoreRequest): Float64Array {
    const { rows, dimensions } = this;
    return Float64Array.from(positions, (position) =>
      scoreRow(metric, query, 0, rows, position * dimensions, dimensions, metricArg),
    );
  }

  truncate(count: number): void {
    this.length = Math.min(this.length, count);
  }

  async retain(kept: Uint8Array): Promise<void> {
    const { dimensions } = this;
    const slices = workSlices();
    let next = 0;
    for (let row = 0; row < this.length; row++) {
      if (!isAllowed(kept, row)) continue;
      this.rows.copyWithin(next * dimensions, row * dimensions, (row + 1) * dimensions);
      next++;
      if (slices.due()) await slices.pause();
    }
    this.length = next;
  }

  async prepare(): Promise<void> {}

  async scan({ metric, metricArg, queries, k, allowed, signal }: ScanRequest): Promise<TopK[]> {
    const { dimensions, rows, length } = this;
    const slices = workSlices(signal);
    const results: TopK[] = [];
    for (let query = 0; query < queries.length; query += dimensions) {
      const best = new TopK(Math.min(k, length));
      for (let step = 0; step < length; step += ROWS_PER_STEP) {
        if (slices.due()) await slices.pause();
        const end = Math.min(step + ROWS_PER_STEP, length);
        for (let row = step; row < end; row++) {
          if (allowed !== undefined && !isAllowed(allowed, row)) continue;
          const score = scoreRow(metric, queries, query, rows, row * dimensions, dimensions, metricArg);
          if (score >= best.threshold) best.push(score, row);
        }
      }
      results.push(best);
    }
    return results;
  }

  /** Makes room for `added` more rows. Grows by at least half, which makes many small additions linear. */
  private reserve(added: number): void {
    const needed = (this.length + added) * this.dimensions;
    if (needed <= this.rows.length) return;
    const capacity = this.length === 0 ? needed : Math.max(needed, Math.ceil(this.rows.length * 1.5));
    const grown = new Float32Array(capacity);
    grown.set(this.rows.subarray(0, this.length * this.dimensions));
    this.rows = grown;
  }
}
