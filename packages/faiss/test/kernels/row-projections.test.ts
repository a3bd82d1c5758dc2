import { describe, expect, it, jest } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import fc from "fast-check";
import type { Metric } from "../../src/contract/metric.js";
import { MemoryLimitError } from "../../src/errors/memory-limit-error.js";
import { PlainRowStore } from "../../src/kernels/plain-row-store.js";
import { startScanWorkers, stopScanWorkers } from "../../src/kernels/scan-workers.js";
import { WasmRowStore, type WasmRowStoreOptions } from "../../src/kernels/wasm-row-store.js";

const METRICS: Metric[] = ["l2", "inner_product"];

/** Rows of a segment: few, so that there are several segments. */
const SEGMENT_ROWS = 264;

const LAYOUTS: Record<string, WasmRowStoreOptions> = {
  "one memory": { segmentRows: SEGMENT_ROWS },
  "many memories": { segmentRows: SEGMENT_ROWS, arenaBytes: 600_000 },
};

/** Number of rows that can have a projection: those of full segments, since here smaller segments have no int8 copy. */
const inFullSegments = (rows: number) => rows - (rows % SEGMENT_ROWS);

/** Number of directions in which structured rows vary, each less than the previous one. */
const RANK = 24;

/** Rows that vary in some directions more than in others around a mean, like embeddings, for which projections are made. */
function structuredVectors(rows: number, dimensions: number, seed: number, noise = 0.1): Float32Array {
  const directions = randomVectors(RANK, dimensions, 99);
  for (let at = dimensions; at < directions.length; at++)
    directions[at]! *= 0.85 ** Math.floor(at / dimensions);
  const weights = randomVectors(rows, RANK, seed);
  const vectors = randomVectors(rows, dimensions, seed + 1).map((value) => 3 + noise * value);
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < RANK; d++) {
      const weight = weights[row * RANK + d]!;
      for (let i = 0; i < dimensions; i++)
        vectors[row * dimensions + i]! += weight * directions[d * dimensions + i]!;
    }
  }
  return vectors;
}

function filterOver(rows: number, seed: number): Uint8Array {
  const allowed = Uint8Array.from({ length: Math.ceil(rows / 8) }, (_, i) => (i * 37 + seed) & 0xff);
  if (rows % 8) allowed[allowed.length - 1]! &= (1 << (rows % 8)) - 1;
  return allowed;
}

/** A filter that allows one row in 16, and in the first segments all or none. */
function fewOver(rows: number, seed: number): Uint8Array {
  const allowed = new Uint8Array(Math.ceil(rows / 8));
  for (let row = 0; row < rows; row++) {
    const segment = Math.floor(row / SEGMENT_ROWS);
    const isAllowed = segment < 3 ? segment === seed % 3 : Math.imul(row + seed, 0x9e3779b1) >>> 28 === 0;
    if (isAllowed) allowed[row >> 3]! |= 1 << (row & 7);
  }
  return allowed;
}

/** Two stores with the same rows: one with projections, and a plain one as reference. */
class Pair {
  readonly plain: PlainRowStore;
  readonly wasm: WasmRowStore;

  constructor(
    private readonly dimensions: number,
    options: WasmRowStoreOptions,
  ) {
    this.plain = new PlainRowStore(dimensions);
    this.wasm = new WasmRowStore(dimensions, { projectFromBytes: 0, ...options });
  }

  append(vectors: Float32Array): void {
    for (const store of [this.plain, this.wasm]) store.append(vectors);
  }

  truncate(count: number): void {
    for (const store of [this.plain, this.wasm]) store.truncate(count);
  }

  async retain(kept: Uint8Array): Promise<void> {
    for (const store of [this.plain, this.wasm]) await store.retain(kept);
  }

  /** Searches both stores by both metrics, among all rows, among some and among few. */
  async expectSame(queries: Float32Array, k: number, seed: number): Promise<void> {
    const { count } = this.plain;
    for (const allowed of [undefined, filterOver(count, seed), fewOver(count, seed)]) {
      await this.expectSameAmong(allowed, queries, k);
    }
  }

  /** Searches both stores by both metrics among the rows of a bitmap, undefined for all. */
  async expectSameAmong(allowed: Uint8Array | undefined, queries: Float32Array, k: number): Promise<void> {
    for (const metric of METRICS) {
      const [expected, found] = await Promise.all(
        [this.plain, this.wasm].map(async (store) => {
          const best = await store.scan({ metric, queries, k, allowed });
          return best.map((each) => each.sorted());
        }),
      );
      expect(found).toEqual(expected);
    }
  }

  queries(count: number, seed: number): Float32Array {
    return structuredVectors(count, this.dimensions, seed);
  }
}

// Much arithmetic: a busy machine may need several times the usual second.
jest.setTimeout(60_000);

describe("projections of rows", () => {
  for (const [name, options] of Object.entries(LAYOUTS)) {
    it(`do not change results: ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 64, max: 130 }),
          fc.integer({ min: 2112, max: 2600 }),
          fc.integer({ min: 1, max: 30 }),
          fc.integer({ min: 0, max: 1e6 }),
          fc.constantFrom(0.01, 0.1, 0.5),
          async (dimensions, rows, k, seed, noise) => {
            const pair = new Pair(dimensions, options);
            pair.append(structuredVectors(rows, dimensions, seed, noise));
            await pair.wasm.prepare();
            expect(pair.wasm.projectedRows).toBe(inFullSegments(rows));
            // Four at a time, and two more.
            await pair.expectSame(pair.queries(6, seed + 2), k, seed);
            // Queries far from all rows, and equal to one of them.
            await pair.expectSame(randomVectors(1, dimensions, seed, "outlier"), k, seed);
            await pair.expectSame(pair.plain.copyRows(7, 8), k, seed);
          },
        ),
        { numRuns: 4 },
      );
    });
  }

  it("do not change results if fewer rows are allowed than neighbours are wanted", async () => {
    const pair = new Pair(96, { segmentRows: SEGMENT_ROWS });
    pair.append(structuredVectors(2600, 96, 5));
    await pair.wasm.prepare();
    for (const step of [97, 131, 700]) {
      const allowed = new Uint8Array(2600 / 8);
      for (let row = 1; row < 2600; row += step) allowed[row >> 3]! |= 1 << (row & 7);
      await pair.expectSameAmong(allowed, pair.queries(5, step), 30);
    }
  });

  it("do not change results if hundreds of rows are equally near, before the nearest", async () => {
    const count = 2112;
    const pair = new Pair(96, { segmentRows: count });
    const rows = structuredVectors(count, 96, 5);
    pair.append(rows);
    await pair.wasm.prepare();
    for (let row = 1; row < count; row++) rows.copyWithin(row * 96, 0, 96);
    const query = rows.slice(0, 96).map((value, i) => value + (i % 3) / 100);
    rows.set(query, (count - 1) * 96);
    pair.append(rows);
    await pair.wasm.prepare();
    expect(pair.wasm.projectedRows).toBe(2 * count);
    await pair.expectSame(query, 5, 3);
  });

  it("are not made if rows vary equally in all directions", async () => {
    const pair = new Pair(64, {});
    pair.append(randomVectors(2400, 64, 1));
    await pair.wasm.prepare();
    expect(pair.wasm.projectedRows).toBe(0);
    await pair.expectSame(randomVectors(2, 64, 2), 5, 3);
  });

  it("are not made if searches also look for far rows", async () => {
    const pair = new Pair(96, { segmentRows: SEGMENT_ROWS });
    pair.append(structuredVectors(2112, 96, 5));
    // 24 searches whose 33rd neighbour is about as far from an outlying query as all rows are.
    const queries = randomVectors(24, 96, 7, "outlier");
    await pair.wasm.scan({ metric: "l2", queries, k: 33 });
    await pair.wasm.prepare();
    expect(pair.wasm.projectedRows).toBe(0);
  });

  it("are made step by step by searches, which find the same meanwhile", async () => {
    const pair = new Pair(96, { segmentRows: SEGMENT_ROWS });
    pair.append(structuredVectors(2600, 96, 5));
    expect(pair.wasm.projectedRows).toBe(0);
    for (let search = 0; search < 5000 && pair.wasm.projectedRows < inFullSegments(2600); search++) {
      const queries = pair.queries(1, search);
      const [best] = await pair.wasm.scan({ metric: "l2", queries, k: 3 });
      if (search % 50 > 0) continue;
      const [expected] = await pair.plain.scan({ metric: "l2", queries, k: 3 });
      expect(best!.sorted()).toEqual(expected!.sorted());
    }
    expect(pair.wasm.projectedRows).toBe(inFullSegments(2600));
  });

  it("follow added and removed rows, also rows unlike the sample", async () => {
    const dimensions = 80;
    const pair = new Pair(dimensions, { segmentRows: SEGMENT_ROWS, arenaBytes: 600_000 });
    pair.append(structuredVectors(2300, dimensions, 1));
    const check = (seed: number) => pair.expectSame(pair.queries(2, seed), 9, seed);
    await pair.wasm.prepare();
    await check(10);
    pair.append(randomVectors(340, dimensions, 2, "outlier"));
    await check(11);
    await pair.wasm.prepare();
    await check(12);
    expect(pair.wasm.projectedRows).toBe(SEGMENT_ROWS * 10);
    await pair.retain(filterOver(pair.plain.count, 3));
    await check(13);
    await pair.wasm.prepare();
    await check(14);
    pair.truncate(702);
    await check(15);
    pair.append(structuredVectors(1500, dimensions, 4));
    await check(16);
    await pair.wasm.prepare();
    await check(17);
  });

  it("keep rows whose score is outside the directions and codes", async () => {
    const dimensions = 96;
    const axis = dimensions - 1;
    const rows = structuredVectors(2112 + SEGMENT_ROWS, dimensions, 1);
    for (let at = axis; at < rows.length; at += dimensions) rows[at] = 0;
    const pair = new Pair(dimensions, { segmentRows: SEGMENT_ROWS });
    pair.append(rows.subarray(0, 2112 * dimensions));
    await pair.wasm.prepare();
    // The learnt directions do not include the last axis. Of the later rows, one is far along this axis, and one along a learnt direction.
    const later = rows.subarray(2112 * dimensions);
    const alongAxis = 100 * dimensions;
    later[alongAxis + axis] = 40;
    const learnt = randomVectors(1, dimensions, 99);
    learnt[axis] = 0;
    for (let i = 0; i < dimensions; i++) later[200 * dimensions + i]! += 30 * learnt[i]!;
    pair.append(later);
    await pair.wasm.prepare();
    expect(pair.wasm.projectedRows).toBe(inFullSegments(2112 + SEGMENT_ROWS));
    const queries = new Float32Array(2 * dimensions);
    // The first query is along the axis, and a little along a learnt direction, by which other rows would score higher.
    for (let i = 0; i < dimensions; i++) queries[i] = 0.005 * learnt[i]!;
    queries[axis] = 1;
    queries.set(learnt, dimensions);
    await pair.expectSame(queries, 1, 3);
    const [first, second] = await pair.wasm.scan({ metric: "inner_product", queries, k: 1 });
    expect([first, second].map((best) => best!.sorted()[0]![1])).toEqual([2112 + 100, 2112 + 200]);
  });

  it("bound rows and queries of any size", async () => {
    const dimensions = 64;
    for (const factor of [1e-25, 1e-12, 1e12, 1e17, 1e20]) {
      const pair = new Pair(dimensions, { segmentRows: SEGMENT_ROWS });
      const scale = (vectors: Float32Array) => vectors.map((value) => value * factor);
      pair.append(scale(structuredVectors(2200, dimensions, 1)));
      await pair.wasm.prepare();
      await pair.expectSame(scale(pair.queries(2, 2)), 5, 3);
      await pair.expectSame(pair.queries(2, 2), 5, 3);
    }
  });

  it("help worker threads as well", async () => {
    try {
      const pair = new Pair(96, { segmentRows: SEGMENT_ROWS, threads: 2, workersFromBytes: 0 });
      expect((await startScanWorkers(2))?.threads).toBe(2);
      pair.append(structuredVectors(2600, 96, 5));
      for (let search = 0; search < 5000 && pair.wasm.projectedRows < inFullSegments(2600); search++) {
        await pair.wasm.scan({ metric: "l2", queries: pair.queries(1, search), k: 3 });
      }
      expect(pair.wasm.projectedRows).toBe(inFullSegments(2600));
      await pair.expectSame(pair.queries(5, 6), 7, 8);
    } finally {
      await stopScanWorkers();
    }
  });

  it("are not made if there is no memory for them", async () => {
    const pair = new Pair(64, { segmentRows: SEGMENT_ROWS });
    pair.append(structuredVectors(2112, 64, 5));
    const { arena } = pair.wasm;
    const reserve = arena.reserve.bind(arena);
    jest.spyOn(arena, "reserve").mockImplementation((bytes) => {
      // Memory for jobs, but not for a segment's projections.
      if (bytes > 5_000 && pair.wasm.projectedRows >= 2 * SEGMENT_ROWS)
        throw new MemoryLimitError(bytes, "full");
      return reserve(bytes);
    });
    await pair.wasm.prepare();
    expect(pair.wasm.projectedRows).toBe(2 * SEGMENT_ROWS);
    jest.restoreAllMocks();
    await pair.expectSame(pair.queries(2, 6), 5, 7);
  });

  it("stop with the signal's reason", async () => {
    const pair = new Pair(64, {});
    pair.append(structuredVectors(2600, 64, 5));
    const reason = new Error("enough");
    await expect(pair.wasm.prepare(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
