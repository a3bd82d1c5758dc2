import { describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import fc from "fast-check";
import type { Metric } from "../../../src/contract/metric.js";
import { IndexFlat } from "../../../src/indexes/flat/index-flat.js";
import { drawLevels, hnswLevels } from "../../../src/indexes/hnsw/hnsw-levels.js";
import { copyRepaired } from "../../../src/indexes/hnsw-flat/copy-repaired.js";
import { IndexHNSWFlat } from "../../../src/indexes/hnsw-flat/index-hnsw-flat.js";
import type { HnswGraph } from "../../../src/kernels/hnsw-graph.js";
import { PlainHnswGraph } from "../../../src/kernels/plain-hnsw-graph.js";
import { WasmHnswGraph } from "../../../src/kernels/wasm-hnsw-graph.js";
import { bitmapOf } from "../../bitmap-of.js";

const GRAPHS = { WASM: WasmHnswGraph, JavaScript: PlainHnswGraph };
const DIMENSIONS = 8;
const levels = hnswLevels(4);

async function graphOf(
  Graph: (typeof GRAPHS)[keyof typeof GRAPHS],
  metric: Metric,
  vectors: Float32Array,
): Promise<HnswGraph> {
  const graph = new Graph(DIMENSIONS, metric, levels.slots);
  const step = graph.batchNodes * DIMENSIONS;
  for (let start = 0; start < vectors.length; start += step) {
    const rows = vectors.subarray(start, start + step);
    const drawn = drawLevels(levels, graph.count, rows.length / DIMENSIONS);
    await graph.addNodes(rows, drawn, { efConstruction: 40 });
  }
  return graph;
}

function rowsOf(vectors: Float32Array, nodes: readonly number[]): Float32Array {
  return Float32Array.from(
    nodes.flatMap((node) => [...vectors.subarray(node * DIMENSIONS, (node + 1) * DIMENSIONS)]),
  );
}

/** Links that do not lead to another node of their level, or are duplicates. */
function brokenLinks(graph: HnswGraph): number[][] {
  const broken: number[][] = [];
  for (let node = 0; node < graph.count; node++) {
    for (let level = 0; level <= graph.levelOf(node); level++) {
      const links = [...graph.linksOf(node, level)];
      const isSound = (link: number, i: number) =>
        link !== node && links.indexOf(link) === i && link < graph.count && graph.levelOf(link) >= level;
      if (!links.every(isSound)) broken.push([node, level, ...links]);
    }
  }
  return broken;
}

for (const [engine, Graph] of Object.entries(GRAPHS)) {
  describe(`a copy of a graph without some nodes, in ${engine}`, () => {
    it("is a graph of the other nodes, for any removed nodes", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom<Metric>("l2", "inner_product"),
          fc.integer({ min: 1, max: 150 }),
          fc.integer({ min: 0, max: 99 }),
          async (metric, count, percent) => {
            const vectors = randomVectors(count, DIMENSIONS, count);
            const from = await graphOf(Graph, metric, vectors);
            const kept = [...Array(count).keys()].filter((i) => (i * 37) % 100 >= percent);
            const to = new Graph(DIMENSIONS, metric, levels.slots);
            // If nearly all nodes are removed, it may return that a new graph is needed.
            if (!(await copyRepaired(from, to, bitmapOf(count, kept), {})))
              return expect(percent).toBeGreaterThan(50);
            expect(to.count).toBe(kept.length);
            expect(to.rows.copyRows(0, to.count)).toEqual(rowsOf(vectors, kept));
            expect(kept.map((_, i) => to.levelOf(i))).toEqual(kept.map((node) => from.levelOf(node)));
            expect(brokenLinks(to)).toEqual([]);
            expect(to.entry < 0 ? -1 : to.levelOf(to.entry)).toBe(to.maxLevel);
            expect(to.maxLevel).toBe(Math.max(-1, ...kept.map((node) => from.levelOf(node))));
          },
        ),
        { numRuns: 6 },
      );
    });

    it("finds as many neighbours as a new graph, after many rounds of removing and adding", async () => {
      const count = 400;
      const vectors = randomVectors(3 * count, DIMENSIONS, 51);
      const queries = randomVectors(40, DIMENSIONS, 52);
      let nodes = [...Array(count).keys()];
      let graph = await graphOf(Graph, "l2", rowsOf(vectors, nodes));
      for (let next = count; next < 2 * count; next += 80) {
        // Neighbours of one vector, like the chunks of one document, whose removal makes the largest holes.
        const removed = new Set(
          graph
            .search(rowsOf(vectors, [next]), 80, 100)
            .sorted()
            .map(([, node]) => node),
        );
        const kept = [...nodes.keys()].filter((i) => !removed.has(i));
        const copy = new Graph(DIMENSIONS, "l2", levels.slots);
        expect(await copyRepaired(graph, copy, bitmapOf(count, kept), {})).toBe(true);
        nodes = [...kept.map((i) => nodes[i]!), ...Array.from({ length: 80 }, (_, i) => next + i)];
        const added = rowsOf(vectors, nodes.slice(-80));
        await copy.addNodes(added, drawLevels(levels, copy.count, 80), { efConstruction: 40 });
        graph = copy;
      }
      const fresh = await graphOf(Graph, "l2", rowsOf(vectors, nodes));
      expect(foundBy(graph, queries)).toBeGreaterThan(foundBy(fresh, queries) - 0.03);
    });
  });
}

/** Share of the true neighbours that a walk finds. */
function foundBy(graph: HnswGraph, queries: Float32Array): number {
  const vectors = graph.rows.copyRows(0, graph.count);
  let found = 0;
  for (let start = 0; start < queries.length; start += DIMENSIONS) {
    const query = queries.subarray(start, start + DIMENSIONS);
    const distances = [...Array(graph.count).keys()].map((node) =>
      query.reduce((sum, value, i) => sum + (value - vectors[node * DIMENSIONS + i]!) ** 2, 0),
    );
    const nearest = [...distances.keys()].sort((a, b) => distances[a]! - distances[b]!).slice(0, 5);
    const walked = new Set(
      graph
        .search(query, 5, 20)
        .sorted()
        .map(([, node]) => node),
    );
    found += nearest.filter((node) => walked.has(node)).length;
  }
  return found / ((queries.length / DIMENSIONS) * 5);
}

describe("IndexHNSWFlat.without", () => {
  it.each([1, 20, 200])("finds all vectors except the %i removed ones", async (removed) => {
    const vectors = randomVectors(500, DIMENSIONS, 53);
    const index = new IndexHNSWFlat(DIMENSIONS, { m: 6, efConstruction: 40 });
    await index.add(vectors);
    const labels = Array.from({ length: removed }, (_, i) => (i * 7) % 500);
    const seen: number[] = [];
    const copy = await index.without(labels, { onProgress: (done) => seen.push(done) });
    const kept = [...Array(500).keys()].filter((i) => !labels.includes(i));
    const flat = new IndexFlat(DIMENSIONS, "l2");
    await flat.add(rowsOf(vectors, kept));
    const queries = vectors.subarray(0, 40 * DIMENSIONS);
    expect(await copy.search(queries, 3, { efSearch: 200 })).toEqual(await flat.search(queries, 3));
    expect(seen.at(-1)).toBe(kept.length);
    expect(index.ntotal).toBe(500);
  });
});
