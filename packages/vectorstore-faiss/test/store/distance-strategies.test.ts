import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { InvalidArgumentError, UnsupportedOperationError } from "@secondpass/faiss";
import { FakeEmbeddings, randomVectors } from "@secondpass/test-kit";
import type { DistanceStrategy } from "../../src/contents/distance-strategy.js";
import { FaissStore } from "../../src/faiss-store.js";

const DIMENSIONS = 6;
const COUNT = 40;

/** Vectors without negative elements, for which all strategies are defined. */
const rows = randomVectors(COUNT + 1, DIMENSIONS, 5).map((value) => Math.abs(value) + 0.01);
const rowOf = (i: number) => rows.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS);
const query = rowOf(COUNT);
const embeddings = new FakeEmbeddings({ dimensions: DIMENSIONS });
// Its vectors have negative elements.
embeddings.embedQuery = async () => [...query];

const sum = (terms: (x: number, y: number) => number, a: Float32Array, b: Float32Array) =>
  a.reduce((total, x, i) => total + terms(x, b[i]!), 0);
const apart = (x: number, y: number) => Math.abs(x - y);

/** faiss's formulas. */
const FORMULAS: Partial<Record<DistanceStrategy, (a: Float32Array, b: Float32Array) => number>> = {
  l1: (a, b) => sum(apart, a, b),
  linf: (a, b) => Math.max(...a.map((x, i) => apart(x, b[i]!))),
  canberra: (a, b) => sum((x, y) => apart(x, y) / (x + y), a, b),
  bray_curtis: (a, b) => sum(apart, a, b) / sum((x, y) => x + y, a, b),
  jensen_shannon: (a, b) =>
    sum((x, y) => (x * Math.log((2 * x) / (x + y)) + y * Math.log((2 * y) / (x + y))) / 2, a, b),
  jaccard: (a, b) => sum(Math.min, a, b) / sum(Math.max, a, b),
};

const KINDS = [
  { kind: "flat" },
  { kind: "hnsw", m: 8, efSearch: 64 },
  { kind: "ivf", nlist: 2, nprobe: 2 },
] as const;

describe.each(Object.entries(FORMULAS))("the strategy %s", (name, formula) => {
  const distanceStrategy = name as DistanceStrategy;
  const sign = distanceStrategy === "jaccard" ? -1 : 1;
  const expected = Array.from({ length: COUNT }, (_, i) => ({
    id: `id ${i}`,
    score: formula(query, rowOf(i)),
  })).sort((a, b) => sign * (a.score - b.score));

  async function storeOf(options = {}) {
    const store = new FaissStore(embeddings, { distanceStrategy, ...options });
    const documents = Array.from(
      { length: COUNT },
      (_, i) => new Document({ id: `id ${i}`, pageContent: `${i}` }),
    );
    await store.addVectors(
      documents.map((_, i) => rowOf(i)),
      documents,
    );
    return store;
  }

  it.each(KINDS)("finds the nearest in an index of kind $kind, also after a save", async (index) => {
    const store = await storeOf({ index });
    const copy = await FaissStore.deserializeFromBytes(await store.serializeToBytes(), embeddings);
    for (const each of [store, copy]) {
      expect(each.distanceStrategy).toBe(distanceStrategy);
      const found = await each.similaritySearchVectorWithScore(query, 5);
      expect(found.map(([{ id }]) => id)).toEqual(expected.slice(0, 5).map(({ id }) => id));
      for (const [i, [, score]] of found.entries()) expect(score).toBeCloseTo(expected[i]!.score, 5);
    }
  });

  it("takes a threshold, and scores documents by id", async () => {
    const store = await storeOf();
    const scoreThreshold = (expected[2]!.score + expected[3]!.score) / 2;
    const found = await store.similaritySearchVectorWithScore(query, 10, undefined, { scoreThreshold });
    const ids = expected.slice(0, 3).map(({ id }) => id);
    expect(found.map(([{ id }]) => id)).toEqual(ids);
    expect(await store.scoresByIds(query, [...ids, "unknown"])).toEqual([
      ...found.map(([, score]) => score),
      undefined,
    ]);
  });

  it("keeps its name in an empty store that is saved", async () => {
    const store = new FaissStore(embeddings, { distanceStrategy });
    const copy = await FaissStore.deserializeFromBytes(await store.serializeToBytes(), embeddings);
    expect([copy.distanceStrategy, copy.size]).toEqual([distanceStrategy, 0]);
  });

  it("has relevance scores only by the caller's function", async () => {
    const wanting = (await storeOf()).similaritySearchWithRelevanceScores("text", 1);
    await expect(wanting).rejects.toThrow(UnsupportedOperationError);
    await expect(wanting).rejects.toThrow("Pass `relevanceScore`");
    const store = await storeOf({ relevanceScore: () => 0.25 });
    expect((await store.similaritySearchWithRelevanceScores("text", 1)).map(([, score]) => score)).toEqual([
      0.25,
    ]);
  });

  it("throws for codes, which estimate other distances, and cannot be tuned", async () => {
    await expect(storeOf({ index: { kind: "ivf-rabitq", nlist: 1 } })).rejects.toThrow(InvalidArgumentError);
    const vectors = Array.from({ length: COUNT }, (_, i) => rowOf(i));
    await expect(FaissStore.tune(vectors, { distanceStrategy })).rejects.toThrow(InvalidArgumentError);
  });
});

it.each([
  ["l2", "IndexFlatL2"],
  ["ip", "IndexFlatIP"],
  ["cosine", "IndexFlatIP"],
  ["l1", "IndexFlat"],
  ["jaccard", "IndexFlat"],
] as const)(
  "a store with strategy %s and no vectors is pickled with the class %s",
  async (distanceStrategy, name) => {
    const store = new FaissStore(embeddings, { distanceStrategy });
    const pickle = Buffer.from(await store.serializeToBytes()).toString("latin1");
    expect(pickle.match(/IndexFlat\w*/)?.[0]).toBe(name);
  },
);
