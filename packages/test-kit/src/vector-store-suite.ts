import { beforeEach, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { FakeEmbeddings } from "./fakes/fake-embeddings.js";
import { RunRecorder } from "./run-recorder.js";
import { addingLaws } from "./vector-store/adding-laws.js";
import { filterLaws } from "./vector-store/filter-laws.js";
import { searchingLaws } from "./vector-store/searching-laws.js";
import { fruits, IDS, idsOf, type VectorStoreUnderTest } from "./vector-store/vector-store-under-test.js";

export interface VectorStoreSuiteOptions {
  /** Makes an empty store; called for each test. */
  readonly create: (embeddings: EmbeddingsInterface) => VectorStoreUnderTest | Promise<VectorStoreUnderTest>;
  /** Whether a lower score is better. @default true */
  readonly lowerIsBetter?: boolean;
  /** Whether a search for a text uses words in addition to vectors, so that a search for its vector finds other documents. @default false */
  readonly readsWords?: boolean;
  /** Saves a store and opens another one from the saved files; without it, the laws of saving are not tested. */
  readonly reopen?: (
    store: VectorStoreUnderTest,
    embeddings: EmbeddingsInterface,
  ) => Promise<VectorStoreUnderTest>;
}

/** Tests the laws of all vector stores that keep documents by id and filter by metadata. Call it inside a `describe`. */
export function vectorStoreSuite({
  create,
  lowerIsBetter = true,
  readsWords = false,
  reopen,
}: VectorStoreSuiteOptions): void {
  describe("as a vector store", () => {
    let embeddings: FakeEmbeddings;
    let store: VectorStoreUnderTest;
    beforeEach(async () => {
      embeddings = new FakeEmbeddings();
      store = await create(embeddings);
    });

    describe("when it is empty", () => {
      it("finds nothing", async () => {
        expect(await store.similaritySearch("apple")).toEqual([]);
        expect(await store.similaritySearchWithScore("apple", 3)).toEqual([]);
        expect(await store.maxMarginalRelevanceSearch?.("apple", { k: 2 }, undefined)).toEqual([]);
        expect(await store.getByIds(["apple"])).toEqual([]);
      });

      it("adds nothing without calling the embeddings", async () => {
        expect(await store.addDocuments([])).toEqual([]);
        expect(await store.addVectors([], [])).toEqual([]);
        expect(embeddings.calls).toEqual([]);
      });

      it("deletes everything without an error, but throws for an unknown id", async () => {
        await store.delete({ deleteAll: true });
        await store.delete({ ids: [] });
        await expect(store.delete({ ids: ["apple"] })).rejects.toThrow("apple");
      });
    });
    addingLaws(() => ({ store, embeddings }));
    searchingLaws(() => ({ store, embeddings }), lowerIsBetter, readsWords);
    filterLaws(() => ({ store, embeddings }));

    describe("deleting", () => {
      beforeEach(() => store.addDocuments(fruits()));

      it("deletes documents by id, and finds the others by their ids", async () => {
        await store.delete({ ids: ["apple", "carrot"] });
        expect(idsOf(await store.similaritySearch("a red apple", 9)).sort()).toEqual(["cherry", "배"]);
        expect((await store.similaritySearch("a red cherry", 1))[0]).toEqual(fruits()[1]);
        expect(idsOf(await store.getByIds(IDS))).toEqual(["cherry", "배"]);
      });

      it("deletes nothing when one id is unknown", async () => {
        await expect(store.delete({ ids: ["apple", "mango"] })).rejects.toThrow('"mango"');
        expect(await store.getByIds(IDS)).toHaveLength(4);
      });

      it("deletes by filter, and everything", async () => {
        await store.delete({ filter: { kind: "fruit" } });
        expect(idsOf(await store.getByIds(IDS))).toEqual(["carrot"]);
        await store.delete({ deleteAll: true });
        expect(await store.similaritySearch("apple", 9)).toEqual([]);
      });

      it("accepts new documents afterwards, even with deleted ids", async () => {
        await store.delete({ ids: ["apple"] });
        await store.addDocuments([
          new Document({ id: "apple", pageContent: "a green apple", metadata: { new: true } }),
        ]);
        const [found] = await store.similaritySearch("a green apple", 1);
        expect(found).toMatchObject({ id: "apple", metadata: { new: true } });
        expect(await store.similaritySearch("apple", 9)).toHaveLength(4);
      });

      it("throws if it is not clear what to delete", async () => {
        await expect(store.delete({} as { ids: string[] })).rejects.toThrow("deleteAll");
      });
    });

    (reopen === undefined ? describe.skip : describe)("saved and opened again", () => {
      it("finds the same with the same scores, accepts new documents, and does not change the saved files", async () => {
        await store.addDocuments(fruits());
        const opened = await reopen!(store, embeddings);
        const found = await opened.similaritySearchWithScore("a red apple", 9);
        expect(found).toEqual(await store.similaritySearchWithScore("a red apple", 9));
        await opened.delete({ ids: ["apple"] });
        await opened.addDocuments([new Document({ id: "fig", pageContent: "a fig" })]);
        expect(idsOf(await opened.getByIds([...IDS, "fig"]))).toEqual(["cherry", "carrot", "배", "fig"]);
        expect(idsOf(await store.getByIds([...IDS, "fig"]))).toEqual(IDS);
      });

      it("may be empty, and may have deleted documents", async () => {
        const empty = await reopen!(store, embeddings);
        expect(await empty.similaritySearch("apple", 9)).toEqual([]);
        await store.addDocuments(fruits());
        await store.delete({ ids: ["apple", "배"] });
        const opened = await reopen!(store, embeddings);
        expect(idsOf(await opened.similaritySearch("a red apple", 9)).sort()).toEqual(["carrot", "cherry"]);
      });
    });

    describe("as a retriever", () => {
      beforeEach(() => store.addDocuments(fruits()));

      it("picks by maximal marginal relevance only among documents that pass the filter", async () => {
        const options = { k: 3, fetchK: 9, lambda: 0.5, filter: { kind: "fruit" } };
        const found = await store.maxMarginalRelevanceSearch!("an orange carrot", options, undefined);
        expect(idsOf(found).sort()).toEqual(["apple", "cherry", "배"]);
        const byFunction = { ...options, filter: ({ metadata }: Document) => metadata.kind === "fruit" };
        expect(await store.maxMarginalRelevanceSearch!("an orange carrot", byFunction, undefined)).toEqual(
          found,
        );
      });

      it("returns every document once, the nearest first, if k is larger than the store", async () => {
        await store.addDocuments([new Document({ id: "twin", pageContent: "a red apple" })]);
        const found = await store.maxMarginalRelevanceSearch!(
          "a red apple",
          { k: 20, fetchK: 50, lambda: 0.1 },
          undefined,
        );
        expect(found[0]!.pageContent).toBe("a red apple");
        expect(idsOf(found).sort()).toEqual([...IDS, "twin"].sort());
      });

      it("retrieves k documents that pass the filter, and is traced", async () => {
        const recorder = new RunRecorder();
        const retriever = store.asRetriever({ k: 2, filter: { kind: "fruit" } });
        const found = await retriever.invoke("a red apple", { callbacks: [recorder] });
        expect(idsOf(found)).toEqual(["apple", "cherry"]);
        expect(recorder.roots.map(({ run_type }) => run_type)).toEqual(["retriever"]);
      });

      it("retrieves by maximal marginal relevance: the nearest first, then the least like it", async () => {
        await store.addDocuments([new Document({ id: "twin", pageContent: "a red apple" })]);
        const retriever = store.asRetriever({
          k: 2,
          searchType: "mmr",
          searchKwargs: { fetchK: 5, lambda: 0.1 },
        });
        const [first, second] = idsOf(await retriever.invoke("a red apple"));
        expect(["apple", "twin"]).toContain(first);
        expect(["apple", "twin"]).not.toContain(second);
      });
    });
  });
}
