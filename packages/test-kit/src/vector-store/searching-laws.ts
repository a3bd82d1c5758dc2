import { beforeEach, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import type { FakeEmbeddings } from "../fakes/fake-embeddings.js";
import { fruits, type GivenStore, type VectorStoreUnderTest } from "./vector-store-under-test.js";

/**
 * Tests the laws of all searches.
 * @param lowerIsBetter whether a lower score is better
 * @param readsWords whether a search for a text also uses words
 */
export function searchingLaws(given: () => GivenStore, lowerIsBetter: boolean, readsWords: boolean): void {
  describe("searching", () => {
    let embeddings: FakeEmbeddings;
    let store: VectorStoreUnderTest;
    beforeEach(() => {
      ({ embeddings, store } = given());
    });
    beforeEach(() => store.addDocuments(fruits()));

    it("finds the nearest first, with ids and metadata", async () => {
      const [best, second] = await store.similaritySearch("a red apple", 2);
      expect(best).toEqual(fruits()[0]);
      expect(second?.id).toBe("cherry");
      expect(best).toBeInstanceOf(Document);
    });

    it("returns scores in the order of results, with the best score for the same text", async () => {
      const found = await store.similaritySearchWithScore("a red apple", 4);
      const scores = found.map(([, score]) => score);
      const sorted = [...scores].sort((a, b) => (lowerIsBetter ? a - b : b - a));
      expect(scores).toEqual(sorted);
      expect(found[0]![1]).toBeCloseTo(lowerIsBetter ? 0 : 1, 5);
    });

    if (!readsWords) {
      it("finds the same by vector and by text", async () => {
        const vector = await embeddings.embedQuery("orange");
        const byVector = await store.similaritySearchVectorWithScore(vector, 3);
        expect(byVector).toEqual(await store.similaritySearchWithScore("orange", 3));
      });
    }

    it("returns four by default, none for k = 0, all if k is larger than the store", async () => {
      await store.addDocuments([new Document({ pageContent: "a fig" })]);
      expect(await store.similaritySearch("apple")).toHaveLength(4);
      expect(await store.similaritySearch("apple", 0)).toEqual([]);
      expect(await store.similaritySearch("apple", 100)).toHaveLength(5);
    });

    it.each([-1, 1.5, Number.NaN])("throws for k = %p", async (k) => {
      await expect(store.similaritySearch("apple", k)).rejects.toThrow("k");
    });

    it("throws for a query vector with another dimension or with NaN", async () => {
      await expect(store.similaritySearchVectorWithScore([1, 2], 1)).rejects.toThrow("16 dimensions, got 2");
      const bad = new Array(16).fill(Number.NaN);
      await expect(store.similaritySearchVectorWithScore(bad, 1)).rejects.toThrow("NaN");
    });

    it("returns copies that share nothing", async () => {
      const [first] = await store.similaritySearch("a red apple", 1);
      (first!.metadata.tags as { color: string }).color = "blue";
      const [again] = await store.similaritySearch("a red apple", 1);
      expect(again).toEqual(fruits()[0]);
    });

    it("keeps the same text twice under two ids, each with its own metadata", async () => {
      const twins = ["one", "two"].map(
        (id) => new Document({ id, pageContent: "a fig", metadata: { from: id } }),
      );
      await store.addDocuments(twins);
      const found = await store.similaritySearch("a fig", 2);
      expect(found.map(({ id, metadata }) => [id, metadata.from]).sort()).toEqual([
        ["one", "one"],
        ["two", "two"],
      ]);
    });

    it("answers many searches at the same time", async () => {
      const queries = Array.from({ length: 20 }, (_, i) =>
        i % 2 === 0 ? "a red cherry" : "an orange carrot",
      );
      const found = await Promise.all(queries.map((query) => store.similaritySearch(query, 1)));
      expect(found.map(([document]) => document!.pageContent)).toEqual(queries);
    });
  });
}
