import { describe, expect, it, jest } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import fc from "fast-check";
import type { Metric } from "../../src/contract/metric.js";
import { PlainRowStore } from "../../src/kernels/plain-row-store.js";
import { WasmRowStore, type WasmRowStoreOptions } from "../../src/kernels/wasm-row-store.js";

/** All layouts of a store, with small sizes, so that a few hundred rows fill segments and memories. */
const LAYOUTS: Record<string, WasmRowStoreOptions> = {
  "one segment, float32": { int8: false },
  "many segments, int8": { segmentRowBytes: 4096 },
  "many memories, int8": { segmentRowBytes: 4096, arenaBytes: 20_000 },
  "many memories, shared": { segmentRowBytes: 4096, arenaBytes: 20_000, threads: 2 },
};

const METRICS: Metric[] = ["l2", "inner_product"];

async function found(
  store: WasmRowStore | PlainRowStore,
  metric: Metric,
  queries: Float32Array,
  k: number,
  allowed?: Uint8Array,
) {
  return (await store.scan({ metric, queries, k, allowed })).map((best) => best.sorted());
}

// Much arithmetic: a busy machine may need several times the usual second.
jest.setTimeout(60_000);

describe("WasmRowStore", () => {
  it("keeps an int8 copy by default, also if the option is undefined", () => {
    const bytesWith = (options: WasmRowStoreOptions) => {
      const store = new WasmRowStore(64, options);
      store.append(randomVectors(40_000, 64, 1));
      return store.arena.memory.buffer.byteLength;
    };
    const float32Bytes = bytesWith({ int8: false });
    expect(bytesWith({})).toBeGreaterThan(1.25 * float32Bytes);
    expect(bytesWith({ int8: undefined })).toBe(bytesWith({}));
  });

  for (const [name, options] of Object.entries(LAYOUTS)) {
    it(`finds exactly the same as the plain scan: ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 70 }),
          fc.integer({ min: 1, max: 250 }),
          fc.integer({ min: 1, max: 30 }),
          fc.integer(),
          fc.constantFrom("gaussian", "equal", "outlier", "duplicates", "huge", "tiny"),
          fc.constantFrom(...METRICS),
          fc.constantFrom("all", "some", "few"),
          // From four on, queries are compared together.
          fc.constantFrom(1, 3, 4, 7, 12),
          async (dimensions, rows, k, seed, shape, metric, rowsAllowed, count) => {
            const vectors = randomVectors(rows, dimensions, seed, shape);
            const queries = randomVectors(count, dimensions, seed + 1, shape);
            const mask = rowsAllowed === "some" ? 0xff : 0b10001;
            const allowed =
              rowsAllowed === "all"
                ? undefined
                : Uint8Array.from({ length: Math.ceil(rows / 8) }, (_, i) => (i * 37 + seed) & mask);
            if (allowed && rows % 8) allowed[allowed.length - 1]! &= (1 << (rows % 8)) - 1;
            const plain = new PlainRowStore(dimensions);
            const wasm = new WasmRowStore(dimensions, options);
            plain.append(vectors);
            wasm.append(vectors);
            expect(await found(wasm, metric, queries, k, allowed)).toEqual(
              await found(plain, metric, queries, k, allowed),
            );
          },
        ),
        { numRuns: 20 },
      );
    });
  }

  for (const [name, options] of Object.entries(LAYOUTS)) {
    it(`scores any rows to the last bit as the plain store: ${name}`, () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 70 }),
          fc.integer({ min: 1, max: 250 }),
          fc.integer(),
          fc.constantFrom("gaussian", "equal", "outlier", "huge", "tiny"),
          fc.constantFrom<Metric>("l2", "inner_product", "l1", "lp"),
          fc.array(fc.nat(), { maxLength: 40 }),
          (dimensions, rows, seed, shape, metric, numbers) => {
            const plain = new PlainRowStore(dimensions);
            const wasm = new WasmRowStore(dimensions, options);
            for (const store of [plain, wasm]) store.append(randomVectors(rows, dimensions, seed, shape));
            const query = randomVectors(1, dimensions, seed + 1, shape);
            const positions = Uint32Array.from(numbers, (number) => number % rows);
            const request = { metric, query, positions, metricArg: 3 };
            expect(wasm.scoresOf(request)).toEqual(plain.scoresOf(request));
          },
        ),
      );
    });
  }

  it("finds a row whose int8 errors all point along the query", async () => {
    // Dimension 0 sets the scale to 1 and averages out. The first row scores 10, exactly coded; the last row's 63 elements
    // of 0.49 are all coded as 0, yet score 31: only the full Cauchy–Schwarz bound lets it through.
    const dimensions = 64;
    const rows = 64;
    const vectors = new Float32Array(rows * dimensions);
    for (let row = 0; row < rows; row++) vectors[row * dimensions] = row % 2 === 0 ? 127 : -127;
    vectors[1] = 10;
    vectors.fill(0.49, (rows - 1) * dimensions + 1);
    const query = new Float32Array(dimensions).fill(1, 1);
    for (const metric of METRICS) {
      const plain = new PlainRowStore(dimensions);
      const wasm = new WasmRowStore(dimensions, { segmentRowBytes: rows * dimensions * 4 });
      plain.append(vectors);
      wasm.append(vectors);
      for (const queries of [
        query,
        Float32Array.from({ length: 5 * dimensions }, (_, i) => query[i % dimensions]!),
      ])
        expect(await found(wasm, metric, queries, 1)).toEqual(await found(plain, metric, queries, 1));
    }
  });

  it("keeps rows and neighbours if some are removed", async () => {
    const plain = new PlainRowStore(33);
    const wasm = new WasmRowStore(33, { segmentRowBytes: 4096, arenaBytes: 20_000 });
    const vectors = randomVectors(300, 33, 7, "gaussian");
    const kept = Uint8Array.from({ length: 38 }, (_, i) => (i < 9 ? 0xff : i * 29));
    for (const store of [plain, wasm]) {
      store.append(vectors);
      await store.retain(kept);
      store.append(vectors.subarray(0, 33 * 40));
    }
    expect(wasm.count).toBe(plain.count);
    expect(wasm.copyRows(0, wasm.count)).toEqual(plain.copyRows(0, plain.count));
    const queries = randomVectors(5, 33, 8, "gaussian");
    expect(await found(wasm, "l2", queries, 10)).toEqual(await found(plain, "l2", queries, 10));
  });

  it("finds exactly the same as the plain scan while its int8 copy grows, shrinks and is incomplete", async () => {
    const dimensions = 37;
    for (const shape of ["gaussian", "outlier", "duplicates", "tiny"] as const) {
      const vectors = randomVectors(900, dimensions, 11, shape);
      const queries = randomVectors(4, dimensions, 12, shape);
      const plain = new PlainRowStore(dimensions);
      const wasm = new WasmRowStore(dimensions);
      // 256 rows start the copy; groups of four are added to it; truncating leaves a part of a group.
      const steps: Array<[action: "append" | "truncate", rows: number]> = [
        ["append", 255],
        ["append", 2],
        ["append", 1],
        ["append", 331],
        ["truncate", 302],
        ["append", 5],
        ["truncate", 2],
        ["append", 300],
      ];
      for (const [action, rows] of steps) {
        for (const store of [plain, wasm]) {
          if (action === "truncate") store.truncate(rows);
          else store.append(vectors.subarray(store.count * dimensions, (store.count + rows) * dimensions));
        }
        const allowed = Uint8Array.from({ length: Math.ceil(wasm.count / 8) }, (_, i) => i * 37);
        if (wasm.count % 8) allowed[allowed.length - 1]! &= (1 << (wasm.count % 8)) - 1;
        for (const metric of METRICS) {
          expect(await found(wasm, metric, queries, 7)).toEqual(await found(plain, metric, queries, 7));
          expect(await found(wasm, metric, queries, 7, allowed)).toEqual(
            await found(plain, metric, queries, 7, allowed),
          );
        }
      }
    }
  });

  it("can be searched by many at a time", async () => {
    const wasm = new WasmRowStore(40, { segmentRowBytes: 4096 });
    wasm.append(randomVectors(500, 40, 1, "gaussian"));
    const queries = randomVectors(8, 40, 2, "gaussian");
    const together = await found(wasm, "l2", queries, 5);
    const apart = await Promise.all(
      together.map((_, q) => found(wasm, "l2", queries.slice(q * 40, (q + 1) * 40), 5)),
    );
    expect(apart.map(([only]) => only)).toEqual(together);
  });
});
