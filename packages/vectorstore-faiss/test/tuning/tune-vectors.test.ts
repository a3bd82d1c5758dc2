import { expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { FakeEmbeddings, randomVectors } from "@secondpass/test-kit";
import { FaissStore } from "../../src/faiss-store.js";

const DIMENSIONS = 8;
const embeddings = new FakeEmbeddings({ dimensions: DIMENSIONS });
const rows = randomVectors(200, DIMENSIONS, 3);
// Vectors of very different lengths, so that scaling changes which are near.
const vectors = Array.from({ length: 200 }, (_, i) =>
  [...rows.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS)].map((value) => value * (1 + (i % 50))),
);
const documents = vectors.map((_, i) => new Document({ id: `${i}`, pageContent: `${i}` }));
const queries = vectors.slice(0, 10);

it("chooses an index from which a store of the same vectors can be made", async () => {
  const options = { recall: 0.9, k: 5, queries, kinds: ["ivf"], distanceStrategy: "cosine" } as const;
  const tuning = await FaissStore.tune(vectors, options);
  expect(tuning).toMatchObject({ index: { kind: "ivf" }, recall: expect.any(Number) });
  const [store, exact] = [tuning.index, undefined].map(
    (index) => new FaissStore(embeddings, { distanceStrategy: "cosine", ...(index && { index }) }),
  ) as [FaissStore, FaissStore];
  let found = 0;
  for (const each of [store, exact]) await each.addVectors(vectors, documents);
  for (const query of queries) {
    const nearest = async (of: FaissStore) =>
      (await of.similaritySearchVectorWithScore(query, 5)).map(([{ id }]) => id);
    const right = new Set(await nearest(exact));
    for (const id of await nearest(store)) if (right.has(id)) found++;
  }
  expect(found / 50).toBeCloseTo(tuning.recall, 10);
});

it("adjusts a store, which keeps the setting when it is saved", async () => {
  const index = { kind: "ivf", nlist: 10, nprobe: 1 } as const;
  const store = new FaissStore(embeddings, { index, distanceStrategy: "cosine" });
  await expect(store.tune()).rejects.toThrow("a store with documents");
  await store.addVectors(vectors, documents);
  const { nprobe, recall } = await store.tune({ recall: 0.95, queries });
  expect(recall).toBeGreaterThanOrEqual(0.95);
  expect(nprobe).toBeGreaterThan(1);
  const copy = await FaissStore.deserializeFromBytes(await store.serializeToBytes(), embeddings);
  expect(copy.index).toMatchObject({ nprobe });
  await expect(store.tune({ queries: [[1, 2]] })).rejects.toMatchObject({ name: "VectorDimensionError" });
});

it("proposes an index by size", () => {
  expect(FaissStore.proposeIndex({ size: 1000, dimensions: 8 })).toMatchObject({
    index: { kind: "flat" },
    reason: expect.stringContaining("1000 vectors of 8 dimensions"),
  });
});

it("throws if there are no vectors", async () => {
  await expect(FaissStore.tune([])).rejects.toThrow("at least 20 vectors");
  await expect(FaissStore.tune("x" as never)).rejects.toThrow("an array of vectors");
  await expect(FaissStore.tune([[1, 2], [3]])).rejects.toMatchObject({ name: "VectorDimensionError" });
});
