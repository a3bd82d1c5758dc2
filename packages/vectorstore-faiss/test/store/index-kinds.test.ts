import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { readIndex } from "@secondpass/faiss";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { FaissStore } from "../../src/faiss-store.js";
import { fixture, kindFixture } from "../kind-fixture.js";

const embeddings = new FakeEmbeddings();

const FILES = [
  "flat_l2",
  "flat_ip",
  "hnsw_l2",
  "ivfflat_l2",
  "sq8_ip",
  "ivfpq_l2",
  "refine_l2",
  "pca",
  "opq",
];
const SMALL_FILES = [
  "IndexFlat l1",
  "IndexFlat linf",
  "HNSW8,PQ4x4",
  "IVF4,RaBitQ4 l2",
  "IVF4,PQ4x4fsr ip",
  "IVF4,FlatDedup l2",
];

describe.each([
  ...FILES.map((name) => ({ name, bytes: fixture(name) })),
  ...SMALL_FILES.map((name) => ({ name, bytes: kindFixture(name) })),
])("a store over the faiss file $name", ({ bytes }) => {
  async function open() {
    const index = await readIndex(bytes);
    const documents = Array.from(
      { length: index.ntotal },
      (_, i) => new Document({ id: `id ${i}`, pageContent: `text ${i}`, metadata: { even: i % 2 === 0 } }),
    );
    return { index, store: await FaissStore.fromIndex(index, embeddings, { documents }) };
  }

  it("finds the index's vectors, also with filters, and by maximal marginal relevance", async () => {
    const { index, store } = await open();
    const query = new Array(index.dimensions).fill(0.4);
    const { labels, distances } = await index.search(Float32Array.from(query), 5);
    const found = await store.similaritySearchVectorWithScore(query, 5);
    expect(found.map(([{ id }, score]) => [id, score])).toEqual(
      Array.from(labels, (label, i) => [`id ${label}`, distances[i]]),
    );
    const even = await store.similaritySearchVectorWithScore(query, 3, { even: true });
    expect(even.map(([{ metadata }]) => metadata.even)).toEqual([true, true, true]);
    expect(await store.maxMarginalRelevanceSearchByVector(query, { k: 3 })).toHaveLength(3);
  });

  it("deletes documents, and saves without them", async () => {
    const { index, store } = await open();
    const query = new Array(index.dimensions).fill(0.4);
    const [[nearest]] = (await store.similaritySearchVectorWithScore(query, 1)) as [[Document, number]];
    await store.delete({ ids: [nearest.id!] });
    const ids = (await store.similaritySearchVectorWithScore(query, 5)).map(([{ id }]) => id);
    expect(ids).not.toContain(nearest.id);
    const copy = await FaissStore.deserializeFromBytes(await store.serializeToBytes(), embeddings);
    expect([copy.size, store.size]).toEqual([index.ntotal - 1, index.ntotal - 1]);
    const [saved] = (await copy.similaritySearchVectorWithScore(query, 1)) as [[Document, number]];
    expect(saved[0].id).toBe(ids[0]);
  });
});

it("throws for an index of a metric that no strategy has", async () => {
  const index = await readIndex(kindFixture("IndexFlat lp"));
  const documents = Array.from({ length: index.ntotal }, (_, i) => new Document({ pageContent: `${i}` }));
  await expect(FaissStore.fromIndex(index, embeddings, { documents })).rejects.toThrow(
    "A store has no distance strategy for it",
  );
});

it("makes an index of codes from the first documents, which are found again after a save", async () => {
  const documents = Array.from(
    { length: 120 },
    (_, i) => new Document({ id: `id ${i}`, pageContent: `text ${i}` }),
  );
  const index = { kind: "ivf-rabitq", nlist: 2, nprobe: 2, bits: 9 } as const;
  const store = await FaissStore.fromDocuments(documents, embeddings, { index });
  await store.delete({ ids: ["id 3"] });
  const copy = await FaissStore.deserializeFromBytes(await store.serializeToBytes(), embeddings);
  for (const each of [store, copy]) {
    const [[nearest]] = (await each.similaritySearchWithScore("text 77", 1)) as [[Document, number]];
    expect(nearest.id).toBe("id 77");
    expect(each.size).toBe(119);
  }
});
