import { beforeEach, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import type { FakeEmbeddings } from "../fakes/fake-embeddings.js";
import { fruits, type GivenStore, IDS, idsOf, type VectorStoreUnderTest } from "./vector-store-under-test.js";

/** Tests the laws of all ways to add documents. */
export function addingLaws(given: () => GivenStore): void {
  describe("adding documents", () => {
    let embeddings: FakeEmbeddings;
    let store: VectorStoreUnderTest;
    beforeEach(() => {
      ({ embeddings, store } = given());
    });
    it("takes ids from the options, else from the documents, and else makes them up", async () => {
      expect(await store.addDocuments(fruits())).toEqual(IDS);
      const [made] = await store.addDocuments([new Document({ pageContent: "a plum" })]);
      expect(made).toMatch(/^[\da-f-]{36}$/);
      const given = [new Document({ pageContent: "a fig", id: "own" })];
      expect(await store.addDocuments(given, { ids: ["given"] })).toEqual(["given"]);
      expect(idsOf(await store.getByIds(["given", "own"]))).toEqual(["given"]);
    });

    it("accepts plain objects as documents, some with an id and some without", async () => {
      const plain = [
        { pageContent: "a fig", metadata: { n: 1 } },
        { pageContent: "a kiwi", metadata: { n: 2 }, id: "kiwi" },
      ];
      const [made, own] = await store.addDocuments(plain);
      expect(own).toBe("kiwi");
      expect(plain).toEqual([
        { pageContent: "a fig", metadata: { n: 1 } },
        { pageContent: "a kiwi", metadata: { n: 2 }, id: "kiwi" },
      ]);
      const found = await store.getByIds(["kiwi", "nobody", made!]);
      expect(found).toEqual([new Document(plain[1]!), new Document({ ...plain[0]!, id: made! })]);
      expect(await store.similaritySearch("a kiwi", 1)).toEqual([found[0]]);
    });

    it("accepts vectors, and finds each document at its vector", async () => {
      await store.addDocuments(fruits());
      const figs = ["one fig", "two figs"].map(
        (pageContent) => new Document({ pageContent, id: pageContent }),
      );
      const vectors = figs.map(({ pageContent }) => embeddings.embed(pageContent));
      expect(await store.addVectors(vectors, figs)).toEqual(idsOf(figs));
      for (const fig of figs) expect(await store.similaritySearch(fig.pageContent, 1)).toEqual([fig]);
      expect(await store.similaritySearch("a red apple", 1)).toEqual([fruits()[0]]);
    });

    it("throws if an id is given twice or already stored, and stores none of the documents", async () => {
      await expect(store.addDocuments(fruits(), { ids: ["a", "b", "a", "c"] })).rejects.toThrow('"a"');
      expect(await store.similaritySearch("apple", 9)).toEqual([]);
      await store.addDocuments(fruits());
      const fresh = new Document({ pageContent: "a fig", id: "fig" });
      await expect(store.addDocuments([fresh, ...fruits()])).rejects.toThrow('"apple"');
      expect(await store.getByIds(["fig"])).toEqual([]);
      expect(await store.similaritySearch("apple", 9)).toHaveLength(4);
    });

    it("throws if lists have different lengths", async () => {
      await expect(store.addDocuments(fruits(), { ids: ["a"] })).rejects.toThrow("4 ids");
      await expect(store.addVectors([embeddings.embed("x")], fruits())).rejects.toThrow("4 vectors");
      expect(await store.similaritySearch("apple", 9)).toEqual([]);
    });

    it("throws for vectors with another dimension or with NaN, and stores nothing", async () => {
      await store.addDocuments(fruits());
      const good = embeddings.embed("a fig");
      const documents = [new Document({ pageContent: "a fig" }), new Document({ pageContent: "a kiwi" })];
      await expect(store.addVectors([good, [1, 2]], documents)).rejects.toThrow("16 dimensions");
      const bad = good.with(3, Number.NaN);
      await expect(store.addVectors([good, bad], documents)).rejects.toThrow("NaN in row 1");
      expect(await store.similaritySearch("a fig", 9)).toHaveLength(4);
    });

    it("does not change the given documents, and does not change with them", async () => {
      const given = fruits();
      await store.addDocuments(given);
      expect(given).toEqual(fruits());
      (given[0]!.metadata.tags as { color: string }).color = "blue";
      given[0]!.pageContent = "changed";
      const [apple] = await store.getByIds(["apple"]);
      expect(apple).toEqual(fruits()[0]);
    });

    it("keeps texts of every kind", async () => {
      const texts = ["", " \n\t", "日本語 🍣", "e\u0301", "a\ud800b", "\u0000", "x".repeat(100_000)];
      const added = await store.addDocuments(texts.map((pageContent) => new Document({ pageContent })));
      const found = await store.getByIds(added);
      expect(found.map(({ pageContent }) => pageContent)).toEqual(texts);
    });
  });
}
