import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { InvalidOptionError } from "@secondpass/core";
import { IndexFlatIP, IndexFlatL2 } from "@secondpass/faiss";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { DuplicateIdError } from "../../src/errors/duplicate-id-error.js";
import { LengthMismatchError } from "../../src/errors/length-mismatch-error.js";
import { MetadataError } from "../../src/errors/metadata-error.js";
import { StoreMismatchError } from "../../src/errors/store-mismatch-error.js";
import { VectorDimensionError } from "../../src/errors/vector-dimension-error.js";
import { FaissStore } from "../../src/faiss-store.js";

const embeddings = new FakeEmbeddings();
const texts = (count: number) => Array.from({ length: count }, (_, i) => `text ${i}`);
const storeOf = (count: number, options = {}) =>
  FaissStore.fromTexts(texts(count), {}, embeddings, { ids: texts(count), ...options });

describe("FaissStore", () => {
  describe("making a store", () => {
    it("takes metadata for each text, or one for all, which no two documents share", async () => {
      const store = await FaissStore.fromTexts(["a", "b"], { tags: ["x"] }, embeddings);
      const [first, second] = await store.similaritySearch("a", 2);
      first!.metadata.tags.push("y");
      expect(second!.metadata).toEqual({ tags: ["x"] });
      await expect(FaissStore.fromTexts(["a", "b"], [{}], embeddings)).rejects.toThrow(LengthMismatchError);
    });

    it("takes vectors made elsewhere", async () => {
      const store = await FaissStore.fromEmbeddings(
        [
          ["a", [1, 0]],
          ["b", Float32Array.of(0, 1)],
        ],
        embeddings,
        {
          ids: ["x", "y"],
          metadatas: [{ n: 1 }, { n: 2 }],
        },
      );
      expect(await store.similaritySearchVectorWithScore([0, 2], 1)).toEqual([
        [new Document({ id: "y", pageContent: "b", metadata: { n: 2 } }), 1],
      ]);
    });

    it("copies another store, or an index with its documents", async () => {
      const source = await storeOf(3);
      const copy = await FaissStore.fromIndex(source, embeddings);
      await copy.delete({ deleteAll: true });
      expect(source.size).toBe(3);

      const index = new IndexFlatL2(2);
      await index.add(Float32Array.of(1, 0, 0, 1));
      const documents = [new Document({ pageContent: "a" }), new Document({ pageContent: "b", id: "b" })];
      const store = await FaissStore.fromIndex(index, embeddings, { documents });
      await store.delete({ ids: ["b"] });
      expect(index.ntotal).toBe(2);
      expect(
        (await store.similaritySearchVectorWithScore([0, 1], 2)).map(([{ pageContent }]) => pageContent),
      ).toEqual(["a"]);
      await expect(FaissStore.fromIndex(index, embeddings)).rejects.toThrow("2 documents");
    });

    it("throws for a strategy that does not fit the index, and for invalid options", async () => {
      const ip = FaissStore.fromIndex(new IndexFlatIP(2), embeddings, { distanceStrategy: "l2" });
      await expect(ip).rejects.toThrow(StoreMismatchError);
      expect(() => new FaissStore(embeddings, { distanceStrategy: "lp" as "l2" })).toThrow(
        InvalidOptionError,
      );
      const kind = FaissStore.fromTexts(["a"], {}, embeddings, { index: { kind: "lsh" as "flat" } });
      await expect(kind).rejects.toThrow('"hnsw"');
    });
  });

  describe("adding", () => {
    it("replaces documents of the same ids with `upsert`", async () => {
      const store = await storeOf(3);
      const replacement = new Document({ id: "text 1", pageContent: "something else", metadata: { v: 2 } });
      expect(await store.addDocuments([replacement], { upsert: true })).toEqual(["text 1"]);
      expect(store.size).toBe(3);
      expect(store.index?.ntotal).toBe(3);
      expect((await store.similaritySearch("something else", 1))[0]).toEqual(replacement);
      expect((await store.similaritySearch("text 2", 1))[0]?.id).toBe("text 2");
    });

    it("embeds in batches and reports progress", async () => {
      const fake = new FakeEmbeddings();
      const progress: string[] = [];
      await FaissStore.fromTexts(texts(7), {}, fake, {
        embedBatchSize: 3,
        onProgress: ({ step, done, total }) => progress.push(`${step} ${done}/${total}`),
      });
      expect(fake.calls.map(({ length }) => length)).toEqual([3, 3, 1]);
      expect(progress).toEqual(["embed 3/7", "embed 6/7", "embed 7/7", "index 7/7"]);
    });

    it.each([{ kind: "flat" }, { kind: "hnsw" }] as const)(
      "stores nothing when it is aborted: %p",
      async (index) => {
        const store = await storeOf(2, { index });
        const controller = new AbortController();
        const adding = store.addVectors(
          texts(3000).map((text) => embeddings.embed(text)),
          texts(3000).map((pageContent) => new Document({ pageContent })),
          {
            signal: controller.signal,
            onProgress: () => controller.abort(new Error("enough")),
          },
        );
        // Work that is done before the signal is checked is kept; in both cases the store is whole.
        const error = await adding.then(
          () => undefined,
          (reason: Error) => reason,
        );
        expect(store.size).toBe(error === undefined ? 3002 : 2);
        expect(await store.similaritySearch("text 1", 3)).toHaveLength(error === undefined ? 3 : 2);
        expect((await storeOf(1, { index })).size).toBe(1);
      },
    );

    it("throws for metadata that is not data before it embeds anything", async () => {
      const fake = new FakeEmbeddings();
      const store = new FaissStore(fake);
      const self: Record<string, unknown> = {};
      self.self = self;
      for (const metadata of [{ f: () => 1 }, self, { d: new Date(Number.NaN) }, { s: Symbol("s") }]) {
        await expect(store.addTexts(["a"], metadata)).rejects.toThrow(MetadataError);
      }
      expect(fake.calls).toEqual([]);
    });

    it("checks ids again under the lock: of two calls with the same id one stores nothing", async () => {
      const store = await storeOf(1);
      const document = new Document({ id: "twice", pageContent: "x" });
      const results = await Promise.allSettled([
        store.addDocuments([document]),
        store.addDocuments([document]),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(store.size).toBe(2);
    });
  });

  it("throws for vectors whose dimensions differ from those of a concurrent call", async () => {
    const store = new FaissStore(embeddings);
    const document = () => [new Document({ pageContent: "x" })];
    const results = await Promise.allSettled([
      store.addVectors([[1, 2]], document()),
      store.addVectors([[1, 2, 3, 4]], document()),
    ]);
    // Documents are checked before the lock, so either call may be first.
    const failed = results.filter((result) => result.status === "rejected");
    expect(failed.map(({ reason }) => reason)).toEqual([expect.any(VectorDimensionError)]);
    expect(store.index?.ntotal).toBe(1);
  });

  describe("merging", () => {
    it("copies documents and leaves the source as it is", async () => {
      const target = await storeOf(2);
      const source = await FaissStore.fromTexts(["new"], { n: 1 }, embeddings, { ids: ["new"] });
      expect(await target.mergeFrom(source)).toEqual(["new"]);
      expect([target.size, source.size]).toEqual([3, 1]);
      expect((await target.similaritySearch("new", 1))[0]).toEqual(
        (await source.similaritySearch("new", 1))[0],
      );
    });

    it("changes nothing when ids, dimensions or strategies clash, or with itself", async () => {
      const target = await storeOf(2);
      await expect(target.mergeFrom(await storeOf(3))).rejects.toThrow(DuplicateIdError);
      await expect(target.mergeFrom(target)).rejects.toThrow(DuplicateIdError);
      const small = await FaissStore.fromEmbeddings([["a", [1]]], embeddings);
      await expect(target.mergeFrom(small)).rejects.toThrow(VectorDimensionError);
      const ip = await storeOf(1, { distanceStrategy: "ip" });
      await expect(target.mergeFrom(ip)).rejects.toThrow(StoreMismatchError);
      expect(target.size).toBe(2);
    });

    it("lets two stores be merged into each other at the same time", async () => {
      const a = await FaissStore.fromTexts(["a"], {}, embeddings);
      const b = await FaissStore.fromTexts(["b"], {}, embeddings);
      const results = await Promise.allSettled([a.mergeFrom(b), b.mergeFrom(a)]);
      expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
      expect([a.size, b.size]).toEqual([2, 2]);
    });
  });

  describe("searching", () => {
    it("keeps results that reach a threshold of raw scores, or of relevance", async () => {
      const store = await FaissStore.fromEmbeddings(
        [
          ["near", [1, 0]],
          ["far", [0, 3]],
        ],
        new FakeEmbeddings({ dimensions: 2, vectors: { q: [1, 0] } }),
      );
      const names = (found: [Document, number][]) =>
        found.map(([{ pageContent }, score]) => [pageContent, score]);
      expect(
        names(await store.similaritySearchWithScore("q", 4, undefined, undefined, { scoreThreshold: 0.5 })),
      ).toEqual([["near", 0]]);
      expect(names(await store.similaritySearchWithRelevanceScores("q", 4))).toEqual([
        ["near", 1],
        ["far", 0],
      ]);
      expect(names(await store.similaritySearchWithRelevanceScores("q", 4, { scoreThreshold: 0.5 }))).toEqual(
        [["near", 1]],
      );
    });

    it("computes relevance by the given function", async () => {
      const store = await storeOf(2, { relevanceScore: (score: number) => 1 / (1 + score) });
      const rated = await store.similaritySearchWithRelevanceScores("text 0", 2);
      const scored = await store.similaritySearchWithScore("text 0", 2);
      expect(rated.map(([, relevance]) => relevance)).toEqual(scored.map(([, score]) => 1 / (1 + score)));
    });

    it("reports cosine similarity from -1 to 1, and squared distances for l2", async () => {
      const pairs = [
        ["same", [2, 0]],
        ["across", [0, 7]],
        ["opposite", [-5, 0]],
      ] as const;
      const cosine = await FaissStore.fromEmbeddings(pairs, embeddings, { distanceStrategy: "cosine" });
      const scores = async (store: FaissStore) =>
        (await store.similaritySearchVectorWithScore([4, 0], 3)).map(([, score]) => score);
      expect(await scores(cosine)).toEqual([1, 0, -1]);
      expect(await scores(await FaissStore.fromEmbeddings(pairs, embeddings))).toEqual([4, 65, 81]);
    });

    it.each(["l2", "ip", "cosine"] as const)(
      "scores documents by their ids as a search does: %s",
      async (distanceStrategy) => {
        const store = await storeOf(40, { distanceStrategy });
        await store.delete({ ids: ["text 7"] });
        const query = await embeddings.embedQuery("text 3");
        const found = await store.similaritySearchVectorWithScore(query, 40);
        const scores = await store.scoresByIds(query, [...found.map(([{ id }]) => id!), "text 7", "nobody"]);
        for (const [i, [, score]] of found.entries()) expect(scores[i]).toBeCloseTo(score, 5);
        expect(scores.slice(39)).toEqual([undefined, undefined]);
        expect(await new FaissStore(embeddings).scoresByIds(query, ["text 3"])).toEqual([undefined]);
        await expect(store.scoresByIds([1], ["text 3"])).rejects.toThrow(VectorDimensionError);
      },
    );

    it("returns all documents in their order, also while others are added and deleted", async () => {
      const store = await storeOf(600);
      const seen: (string | undefined)[] = [];
      for await (const document of store.allDocuments()) {
        if (seen.push(document.id) === 300) await store.delete({ ids: ["text 10", "text 599"] });
        document.metadata.changed = true;
      }
      expect(seen).toEqual(texts(599));
      expect((await store.getByIds(["text 0"]))[0]!.metadata).toEqual({});
      await expect(store.allDocuments({ signal: AbortSignal.abort() }).next()).rejects.toThrow("aborted");
    });

    it("throws for a lambda outside 0 to 1, and for an invalid fetchK", async () => {
      const store = await storeOf(2);
      await expect(store.maxMarginalRelevanceSearch("x", { k: 1, lambda: 2 })).rejects.toThrow("lambda");
      await expect(store.maxMarginalRelevanceSearch("x", { k: 1, fetchK: -1 })).rejects.toThrow("fetchK");
      expect(await store.maxMarginalRelevanceSearch("text 0", { k: 9, fetchK: 1 })).toHaveLength(2);
    });

    it("stops between two documents of a filter when it is aborted", async () => {
      const store = await storeOf(2);
      const search = store.similaritySearchVectorWithScore(embeddings.embed("x"), 1, () => true, {
        signal: AbortSignal.abort(new Error("enough")),
      });
      await expect(search).rejects.toThrow("enough");
    });

    it("finds the remaining documents while searches and changes run together", async () => {
      const store = await storeOf(50);
      const work = texts(50).map(async (id, i) => {
        if (i % 2 === 0) await store.delete({ ids: [id] });
        const found = await store.similaritySearch(id, 3);
        expect(found.every(({ pageContent, id: own }) => pageContent === own)).toBe(true);
      });
      await Promise.all(work);
      expect(store.size).toBe(25);
    });
  });

  it("frees memory if thousands of documents are deleted, and keeps the others", async () => {
    const store = await storeOf(3000);
    await store.delete({ ids: texts(2500) });
    await store.addTexts(["one more"], {}, { ids: ["one more"] });
    expect(store.size).toBe(501);
    for (const id of ["text 2500", "text 2999", "one more"]) {
      expect((await store.similaritySearch(id, 1))[0]?.id).toBe(id);
    }
    await store.delete({ filter: ({ id }) => id !== "text 2777" });
    expect((await store.similaritySearch("anything", 9)).map(({ id }) => id)).toEqual(["text 2777"]);
  });

  it("serializes stores of every kind to bytes and back", async () => {
    for (const store of [
      new FaissStore(embeddings),
      await storeOf(5),
      await storeOf(5, { distanceStrategy: "cosine", index: { kind: "hnsw" } }),
    ]) {
      const copy = await FaissStore.deserializeFromBytes(await store.serializeToBytes(), embeddings);
      expect(copy.distanceStrategy).toBe(store.distanceStrategy);
      expect(await copy.similaritySearchWithScore("text 3", 9)).toEqual(
        await store.similaritySearchWithScore("text 3", 9),
      );
    }
  });
});
