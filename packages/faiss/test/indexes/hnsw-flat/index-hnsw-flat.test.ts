import { describe, expect, it, jest } from "@jest/globals";
import { randomVectors, type Shape } from "@secondpass/test-kit";
import type { Metric } from "../../../src/contract/metric.js";
import type { SearchResult } from "../../../src/contract/search-result.js";
import { isAllowed } from "../../../src/ids/id-filter.js";
import { IndexFlat } from "../../../src/indexes/flat/index-flat.js";
import { hnswLevels } from "../../../src/indexes/hnsw/hnsw-levels.js";
import { IndexHNSWFlat } from "../../../src/indexes/hnsw-flat/index-hnsw-flat.js";
import { readIndex } from "../../../src/indexes/read-index.js";
import { indexToBytes } from "../../../src/indexes/write-index.js";
import { PlainHnswGraph } from "../../../src/kernels/plain-hnsw-graph.js";
import { seededRandom } from "../../../src/kernels/seeded-random.js";
import { WasmHnswGraph } from "../../../src/kernels/wasm-hnsw-graph.js";
import { bitmapOf } from "../../bitmap-of.js";

// Building graphs takes much arithmetic: a busy machine may need several times the usual second.
jest.setTimeout(60_000);

const GRAPHS = { WASM: WasmHnswGraph, JavaScript: PlainHnswGraph };
const DIMENSIONS = 24;

function build(engine: keyof typeof GRAPHS, metric: Metric): IndexHNSWFlat {
  const levels = hnswLevels(8);
  const graph = new GRAPHS[engine](DIMENSIONS, metric, levels.slots);
  return new IndexHNSWFlat(DIMENSIONS, { metric }, { levels, efConstruction: 60, efSearch: 40 }, graph);
}

/** Share of the true neighbours that were found. */
function recall(found: SearchResult, truth: SearchResult, k: number): number {
  let hits = 0;
  for (let start = 0; start < truth.labels.length; start += k) {
    const wanted = new Set(truth.labels.subarray(start, start + k));
    for (const label of found.labels.subarray(start, start + k)) if (wanted.has(label)) hits++;
  }
  return hits / truth.labels.length;
}

for (const engine of Object.keys(GRAPHS) as (keyof typeof GRAPHS)[]) {
  describe(`IndexHNSWFlat in ${engine}`, () => {
    for (const metric of ["l2", "inner_product"] as const) {
      // An outlier dimension uses the int8 codes' precision unless they are centred.
      for (const shape of ["gaussian", "outlier"] as Shape[]) {
        it(`finds nearly all true neighbours: ${metric}, ${shape}`, async () => {
          const vectors = randomVectors(400, DIMENSIONS, 3, shape);
          const queries = randomVectors(40, DIMENSIONS, 4, shape);
          const hnsw = build(engine, metric);
          await hnsw.add(vectors.subarray(0, 250 * DIMENSIONS));
          await hnsw.add(vectors.subarray(250 * DIMENSIONS));
          const flat = new IndexFlat(DIMENSIONS, metric);
          await flat.add(vectors);
          const found = await hnsw.search(queries, 10, { efSearch: 100 });
          expect(recall(found, await flat.search(queries, 10), 10)).toBeGreaterThan(0.98);
        });
      }
    }

    it("reports exact distances and finds every stored vector", async () => {
      const vectors = randomVectors(300, DIMENSIONS, 5);
      const hnsw = build(engine, "l2");
      await hnsw.add(vectors);
      const { labels, distances } = await hnsw.search(vectors, 1);
      expect([...labels]).toEqual(Array.from({ length: 300 }, (_, i) => BigInt(i)));
      expect(new Set(distances)).toEqual(new Set([0]));
    });

    it("returns only what a filter allows, for few and many allowed vectors", async () => {
      const vectors = randomVectors(400, DIMENSIONS, 6);
      const query = randomVectors(1, DIMENSIONS, 7);
      const hnsw = build(engine, "l2");
      const flat = new IndexFlat(DIMENSIONS, "l2");
      await hnsw.add(vectors);
      await flat.add(vectors);
      const positions = Array.from({ length: 400 }, (_, i) => i);
      for (const allowed of [positions.filter((i) => i % 4 !== 0), [1, 7, 300], []]) {
        const filter = bitmapOf(400, allowed);
        const expected = await flat.search(query, 5, { filter });
        expect(await hnsw.search(query, 5, { filter, efSearch: 200 })).toEqual(expected);
      }
    });

    it("finds the same with a filter, also if allowed vectors are far from the query", async () => {
      const count = 1200;
      const vectors = randomVectors(count, DIMENSIONS, 41);
      const queries = randomVectors(20, DIMENSIONS, 42);
      // Two groups, far from each other; queries are in the first.
      for (let i = 0; i < vectors.length; i += 2 * DIMENSIONS) vectors[i]! += 30;
      const hnsw = build(engine, "l2");
      const flat = new IndexFlat(DIMENSIONS, "l2");
      await hnsw.add(vectors);
      await flat.add(vectors);
      const options = { efSearch: 12 };
      const all = recall(await hnsw.search(queries, 5, options), await flat.search(queries, 5), 5);
      const random = seededRandom(43);
      const shares = [0.02, 0.3, 0.6, 0.95];
      const filters = shares.map((share) => (_: number) => random() < share);
      for (const allows of [...filters, (i: number) => i % 2 === 0, (i: number) => i % 2 === 1]) {
        const filter = bitmapOf(
          count,
          Array.from({ length: count }, (_, i) => i).filter((i) => allows(i)),
        );
        const found = await hnsw.search(queries, 5, { ...options, filter });
        expect([...found.labels].every((label) => isAllowed(filter, Number(label)))).toBe(true);
        expect(recall(found, await flat.search(queries, 5, { filter }), 5)).toBeGreaterThan(all - 0.05);
      }
    });

    it("stops a walk with a filter that would take too long", async () => {
      const hnsw = build(engine, "l2");
      const vectors = randomVectors(400, DIMENSIONS, 44);
      await hnsw.add(vectors);
      const query = vectors.subarray(0, DIMENSIONS);
      const allowed = new Uint8Array(50).fill(0x0f);
      const search = (maxVisits: number) =>
        hnsw.graph.search(query, 5, 20, { allowed, allowedCount: 200, maxVisits }).count;
      expect([search(1), search(400)]).toEqual([0, 5]);
    });

    it("can be extended after it was read from a file", async () => {
      const vectors = randomVectors(300, DIMENSIONS, 8);
      const hnsw = build(engine, "l2");
      await hnsw.add(vectors.subarray(0, 200 * DIMENSIONS));
      const back = await readIndex(await indexToBytes(hnsw));
      const queries = randomVectors(10, DIMENSIONS, 9);
      await back.add(vectors.subarray(200 * DIMENSIONS));
      await hnsw.add(vectors.subarray(200 * DIMENSIONS));
      expect(back.ntotal).toBe(300);
      const expected = await hnsw.search(queries, 5, { efSearch: 300 });
      expect(await back.search(queries, 5, { efSearch: 300 })).toEqual(expected);
    });
  });
}

describe("WasmHnswGraph", () => {
  for (const metric of ["l2", "inner_product"] as const) {
    for (const shape of ["gaussian", "outlier", "duplicates", "huge", "tiny"] as Shape[]) {
      it(`finds the same as without codes: ${metric}, ${shape}`, async () => {
        // A graph from a file has no codes at first, and prepares 2,048 of them with each search.
        const dimensions = 40;
        const coded = new IndexHNSWFlat(dimensions, { m: 6, efConstruction: 20, metric });
        await coded.add(randomVectors(2500, dimensions, 21, shape));
        const bytes = await indexToBytes(coded);
        const plain = (await readIndex(bytes)) as IndexHNSWFlat;
        jest.spyOn(plain.graph, "prepare").mockReturnValue(false);
        const queries = randomVectors(50, dimensions, 22, shape);
        const expected = await plain.search(queries, 10, { efSearch: 20 });
        expect(await coded.search(queries, 10, { efSearch: 20 })).toEqual(expected);
        const half = await readIndex(bytes);
        for (let q = 0; q < 3; q++) {
          const query = queries.subarray(q * dimensions, (q + 1) * dimensions);
          const { labels } = await half.search(query, 10, { efSearch: 20 });
          expect(labels).toEqual(expected.labels.subarray(q * 10, (q + 1) * 10));
        }
      });
    }
  }
});

describe("a graph large enough to be walked by its codes", () => {
  const count = (1 << 14) + 50;
  const k = 10;

  async function bothWalks(vectors: Float32Array, metric: Metric) {
    const byCodes = new IndexHNSWFlat(vectors.length / count, { m: 6, efConstruction: 16, metric });
    await byCodes.add(vectors);
    const byRows = (await readIndex(await indexToBytes(byCodes))) as IndexHNSWFlat;
    jest.spyOn(byRows.graph, "prepare").mockReturnValue(false);
    return { byCodes, byRows };
  }

  it.each<Metric>(["l2", "inner_product"])(
    "finds at least as many neighbours as by rows, with exact distances: %s",
    async (metric) => {
      const vectors = randomVectors(count, 8, 31);
      const queries = randomVectors(60, 8, 32);
      const { byCodes, byRows } = await bothWalks(vectors, metric);
      const flat = new IndexFlat(8, metric);
      await flat.add(vectors);
      const found = await byCodes.search(queries, k, { efSearch: 40 });
      const rows = await byRows.search(queries, k, { efSearch: 40 });
      const truth = await flat.search(queries, k);
      expect(recall(found, truth, k)).toBeGreaterThan(recall(rows, truth, k) - 0.01);
      for (let q = 0; q < 60; q++) {
        const filter = found.labels.slice(q * k, (q + 1) * k);
        const exact = await flat.search(queries.subarray(q * 8, (q + 1) * 8), k, {
          filter: bitmapOf(count, [...filter].map(Number)),
        });
        expect(found.distances.subarray(q * k, (q + 1) * k)).toEqual(exact.distances);
      }
      const filter = bitmapOf(
        count,
        Array.from({ length: count }, (_, i) => i).filter((i) => i % 4 !== 0),
      );
      const allowed = await byCodes.search(queries, k, { efSearch: 40, filter });
      expect([...allowed.labels].every((label) => label % 4n !== 0n)).toBe(true);
      expect(recall(allowed, await flat.search(queries, k, { filter }), k)).toBeGreaterThan(0.9);
    },
  );

  it("reaches clusters that a walk from one start misses", async () => {
    const dimensions = 16;
    const clusters = 200;
    const centres = randomVectors(clusters, dimensions, 35);
    const around = (offsets: Float32Array) =>
      offsets.map((offset, i) => centres[i % centres.length]! + 0.1 * offset);
    const vectors = around(randomVectors(count, dimensions, 36));
    const queries = around(randomVectors(5 * clusters, dimensions, 37));
    const { byCodes, byRows } = await bothWalks(vectors, "l2");
    const missed = async (index: IndexHNSWFlat) => {
      const { labels } = await index.search(queries, 1, { efSearch: 32 });
      return [...labels].filter((label, q) => Number(label) % clusters !== q % clusters).length;
    };
    const [fromSeveral, fromOne] = [await missed(byCodes), await missed(byRows)];
    expect(fromOne).toBeGreaterThan(10);
    expect(fromSeveral).toBeLessThan(fromOne / 4);
  });

  it("is walked by rows if codes are not precise enough", async () => {
    // One large element in each row uses the precision of all others.
    const vectors = randomVectors(count, 96, 33);
    for (let row = 0; row < count; row++) vectors[row * 96 + (row % 96)]! *= 1000;
    const { byCodes, byRows } = await bothWalks(vectors, "l2");
    const queries = randomVectors(20, 96, 34);
    expect(await byCodes.search(queries, k)).toEqual(await byRows.search(queries, k));
  });
});

describe("IndexHNSWFlat", () => {
  it("works for vectors that are all equal", async () => {
    const hnsw = new IndexHNSWFlat(4, { m: 4 });
    await hnsw.add(new Float32Array(4 * 600).fill(1));
    expect([...(await hnsw.search(new Float32Array(4), 3)).distances]).toEqual([4, 4, 4]);
  });

  it("keeps the vectors linked before an abort", async () => {
    const hnsw = new IndexHNSWFlat(8, { m: 4 });
    const vectors = randomVectors(1500, 8, 10);
    const stop = new AbortController();
    const adding = hnsw.add(vectors, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(adding).rejects.toThrow("aborted");
    expect(hnsw.ntotal).toBe(512);
    expect((await hnsw.search(vectors.subarray(0, 8), 1)).labels[0]).toBe(0n);
  });

  it("throws for removals, as faiss does", async () => {
    await expect(new IndexHNSWFlat(4).removeIds()).rejects.toMatchObject({
      name: "UnsupportedOperationError",
    });
  });
});
