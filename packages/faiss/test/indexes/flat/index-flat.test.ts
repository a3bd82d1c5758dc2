import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { FLT_MAX } from "../../../src/contract/search-result.js";
import { IndexFlat, IndexFlatIP, IndexFlatL2 } from "../../../src/indexes/flat/index-flat.js";
import { readIndex } from "../../../src/indexes/read-index.js";
import { indexToBytes } from "../../../src/indexes/write-index.js";
import { createRowStore } from "../../../src/kernels/create-row-store.js";
import { bitmapOf } from "../../bitmap-of.js";

describe("IndexFlat", () => {
  it("finds the nearest by squared L2 distance, ties by the lower position", async () => {
    const index = new IndexFlatL2(2);
    await index.add(Float32Array.of(0, 0, 3, 4, 1, 0, 1, 0));
    const { distances, labels } = await index.search(Float32Array.of(0, 0), 3);
    expect([...labels]).toEqual([0n, 2n, 3n]);
    expect([...distances]).toEqual([0, 1, 1]);
  });

  it("finds the largest inner products", async () => {
    const index = new IndexFlatIP(2);
    await index.add(Float32Array.of(0, 0, 3, 4, -1, 0));
    const { distances, labels } = await index.search(Float32Array.of(1, 1), 2);
    expect([...labels]).toEqual([1n, 0n]);
    expect([...distances]).toEqual([7, 0]);
  });

  it("fills slots beyond ntotal with -1 and FLT_MAX", async () => {
    const index = new IndexFlatL2(1);
    await index.add(Float32Array.of(5));
    const { distances, labels } = await index.search(Float32Array.of(5), 2);
    expect([...labels]).toEqual([0n, -1n]);
    expect([...distances]).toEqual([0, Math.fround(FLT_MAX)]);
  });

  it("searches only what the filter allows", async () => {
    const index = new IndexFlatL2(1);
    await index.add(Float32Array.of(0, 1, 2, 3));
    const query = Float32Array.of(0);
    const byBitmap = await index.search(query, 2, { filter: bitmapOf(4, [1, 3]) });
    const byPredicate = await index.search(query, 2, { filter: (label) => label % 2n === 1n });
    expect([...byBitmap.labels]).toEqual([1n, 3n]);
    expect(byPredicate).toEqual(byBitmap);
  });

  it("names the row of a NaN or an infinity, wherever it is", async () => {
    for (let rows = 1; rows <= 9; rows++) {
      for (let row = 0; row < rows; row++) {
        for (const bad of [Number.NaN, -Infinity]) {
          const vectors = new Float32Array(rows).fill(1).fill(bad, row, row + 1);
          await expect(new IndexFlatL2(1).add(vectors)).rejects.toThrow(`row ${row}, element 0`);
        }
      }
    }
  });

  it("names the row of a vector that is not finite and stores none", async () => {
    const index = new IndexFlatL2(2);
    await expect(index.add(Float32Array.of(1, 2, 3, Number.NaN))).rejects.toThrow("row 1, element 1");
    expect(index.ntotal).toBe(0);
  });

  it("moves later vectors down if some are removed", async () => {
    const index = new IndexFlatL2(1);
    await index.add(Float32Array.of(10, 11, 12, 13));
    expect(await index.removeIds([1, 1n, 99])).toBe(1);
    expect([0, 1, 2].map((i) => index.reconstruct(i)[0])).toEqual([10, 12, 13]);
  });

  it.each(["wasm", "plain"] as const)("lets the event loop run while it moves many: %s", async (kernels) => {
    const [dimensions, count] = [64, 60_000];
    const index = new IndexFlat(dimensions, "l2", createRowStore(dimensions, { kernels }));
    const vectors = new Float32Array(dimensions * count).map((_, i) => Math.floor(i / dimensions));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    try {
      await index.add(vectors);
      turns = 0;
      expect(await index.removeIds([0, count - 1])).toBe(2);
      expect(turns).toBeGreaterThan(0);
    } finally {
      clearInterval(timer);
    }
    expect(index.reconstruct(count - 3)[0]).toBe(count - 2);
  });

  it("finds the same neighbours before and after writing and reading", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -100, max: 100 }), { maxLength: 90 }),
        async (dimensions, values) => {
          const index = new IndexFlatL2(dimensions);
          await index.add(Float32Array.from(values.slice(0, values.length - (values.length % dimensions))));
          const back = await readIndex(await indexToBytes(index));
          const query = new Float32Array(dimensions).fill(1);
          expect(await back.search(query, 4)).toEqual(await index.search(query, 4));
        },
      ),
      { numRuns: 50 },
    );
  });
});
