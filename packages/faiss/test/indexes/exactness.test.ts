import { describe, expect, it, jest } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import fc from "fast-check";
import type { Metric } from "../../src/contract/metric.js";
import { IndexFlat } from "../../src/indexes/flat/index-flat.js";
import { createRowStore, type RowOptions } from "../../src/kernels/create-row-store.js";
import { hasWasmSimd } from "../../src/kernels/kernels.js";
import { normalizeVectors } from "../../src/kernels/normalize-vectors.js";
import { WasmRowStore } from "../../src/kernels/wasm-row-store.js";

// Much arithmetic: a busy machine may need several times the usual second.
jest.setTimeout(60_000);

/** All rows by float64 distance, summed in the obvious order, ties by position. */
function bruteForce(metric: Metric, vectors: Float32Array, query: Float32Array, k: number): bigint[] {
  const d = query.length;
  const rows = Array.from({ length: vectors.length / d }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < d; i++) {
      const x = vectors[row * d + i]!;
      sum += metric === "l2" ? -((x - query[i]!) ** 2) : x * query[i]!;
    }
    return { row, sum };
  });
  return rows
    .sort((a, b) => b.sum - a.sum || a.row - b.row)
    .slice(0, k)
    .map(({ row }) => BigInt(row));
}

describe("exact search", () => {
  it("equals a float64 brute force, ties by the lower position", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer(),
        fc.constantFrom<Metric>("l2", "inner_product"),
        fc.constantFrom("gaussian", "duplicates", "equal", "outlier"),
        async (dimensions, rows, k, seed, metric, shape) => {
          const vectors = randomVectors(rows, dimensions, seed, shape);
          const query = randomVectors(1, dimensions, seed + 1, "gaussian");
          for (const store of [
            createRowStore(dimensions, { kernels: "plain" }),
            new WasmRowStore(dimensions, { segmentRowBytes: 2048 }),
          ]) {
            const index = new IndexFlat(dimensions, metric, store);
            await index.add(vectors);
            const { labels } = await index.search(query, k);
            const expected = bruteForce(metric, vectors, query, k);
            expect([...labels].slice(0, expected.length)).toEqual(expected);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("finds the same before and after rows move to other memory", async () => {
    // Beyond 65,536 floats rows go to WASM memory; the second addition takes them there.
    const vectors = randomVectors(1400, 64, 1);
    const query = randomVectors(1, 64, 2);
    const options: RowOptions[] = [{}, { kernels: "plain" }, { int8: false }, { threads: 1 }];
    const found = await Promise.all(
      options.map(async (rowOptions) => {
        const index = new IndexFlat(64, "l2", createRowStore(64, rowOptions));
        await index.add(vectors.subarray(0, 500 * 64));
        await index.add(vectors.subarray(500 * 64));
        return index.search(query, 12);
      }),
    );
    expect(hasWasmSimd()).toBe(true);
    for (const result of found) expect(result).toEqual(found[0]);
    expect([...found[0]!.labels]).toEqual(bruteForce("l2", vectors, query, 12));
  });

  it("lets the event loop run while it scans in JavaScript", async () => {
    const index = new IndexFlat(64, "l2", createRowStore(64, { kernels: "plain" }));
    await index.add(new Float32Array(64 * 40_000).fill(1));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await index.search(new Float32Array(64 * 4), 3);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it("stops if the signal aborts", async () => {
    const index = new IndexFlat(64, "l2", createRowStore(64, { kernels: "plain" }));
    await index.add(new Float32Array(64 * 40_000).fill(1));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1);
    const search = index.search(new Float32Array(64 * 50), 3, { signal: stop.signal });
    await expect(search).rejects.toMatchObject({ name: "AbortError" });
  });

  it("makes inner products of normalised vectors cosine similarities", async () => {
    const index = new IndexFlat(2, "inner_product");
    await index.add(normalizeVectors(Float32Array.of(3, 4, 0, 0, -5, 0), 2));
    const { distances, labels } = await index.search(normalizeVectors(Float32Array.of(10, 0), 2), 3);
    expect([...labels]).toEqual([0n, 1n, 2n]);
    expect([...distances]).toEqual([Math.fround(0.6), 0, -1]);
  });

  it("throws for queries that are not finite, or have other dimensions", async () => {
    const index = new IndexFlat(2, "l2");
    await expect(index.search(Float32Array.of(1, Infinity), 1)).rejects.toThrow(
      "queries, got Infinity in row 0",
    );
    await expect(index.search(new Float32Array(3), 1)).rejects.toMatchObject({
      name: "DimensionMismatchError",
    });
    await expect(index.search(new Float32Array(2), 0)).rejects.toMatchObject({
      name: "InvalidArgumentError",
    });
  });
});
