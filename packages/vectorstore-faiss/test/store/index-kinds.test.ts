import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { readIndex, UnsupportedOperationError } from "@secondpass/faiss";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { FaissStore } from "../../src/faiss-store.js";
import { fixture } from "../index-fixture.js";

const embeddings = new FakeEmbeddings();

describe.each([
  "flat_l2",
  "flat_ip",
  "hnsw_l2",
  "ivfflat_l2",
  "sq8_l2",
  "sq8_ip",
  "pq_l2",
  "ivfpq_l2",
  "ivfsq_l2",
  "refine_l2",
  "pca",
  "opq",
])("a store over the faiss file %s", (name) => {
  async function open() {
    const index = await readIndex(fixture(name));
    const documents = Array.from(
      { length: index.ntotal },
      (_, i) => new Document({ id: `id ${i}`, pageContent: `text ${i}`, metadata: { even: i % 2 === 0 } }),
    );
    return { index, store: await FaissStore.fromIndex(index, embeddings, { documents }) };
  }

  it("finds documents where the index finds vectors, behind filters, and by maximal marginal relevance", async () => {
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

  it("forgets documents, and saves without them or says by name that it cannot", async () => {
    const { index, store } = await open();
    const query = new Array(index.dimensions).fill(0.4);
    const [[nearest]] = (await store.similaritySearchVectorWithScore(query, 1)) as [[Document, number]];
    await store.delete({ ids: [nearest.id!] });
    const ids = (await store.similaritySearchVectorWithScore(query, 5)).map(([{ id }]) => id);
    expect(ids).not.toContain(nearest.id);
    const bytes = await store.serializeToBytes().catch((error: unknown) => error);
    if (bytes instanceof UnsupportedOperationError) expect(bytes.message).toContain(index.kind);
    else {
      const copy = await FaissStore.deserializeFromBytes(bytes as Uint8Array, embeddings);
      expect(copy.size).toBe(index.ntotal - 1);
    }
    expect(bytes instanceof UnsupportedOperationError).toBe(!/^(flat|hnsw|ivfflat)/.test(name));
    expect(store.size).toBe(index.ntotal - 1);
  });
});
