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
  /** Whether a search for a text looks at words beside vectors, so that a search for its vector finds otherwise. @default false */
  readonly readsWords?: boolean;
  /** Keeps a store somewhere and makes another one of what was kept; without it, what is said about keeping is not tried. */
  readonly reopen?: (
    store: VectorStoreUnderTest,
    embeddings: EmbeddingsInterface,
  ) => Promise<VectorStoreUnderTest>;
}

/** The laws of every vector store that keeps documents by id and filters by metadata; run it inside a `describe`. */
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

      it("deletes all of nothing, but no id", async () => {
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

      it("forgets documents by id, and finds the others by their own ids", async () => {
        await store.delete({ ids: ["apple", "carrot"] });
        expect(idsOf(await store.similaritySearch("a red apple", 9)).sort()).toEqual(["cherry", "배"]);
        expect((await store.similaritySearch("a red cherry", 1))[0]).toEqual(fruits()[1]);
        expect(idsOf(await store.getByIds(IDS))).toEqual(["cherry", "배"]);
      });

      it("deletes nothing when one id is unknown", async () => {
        await expect(store.delete({ ids: ["apple", "mango"] })).rejects.toThrow('"mango"');
        expect(await store.getByIds(IDS)).toHaveLength(4);
      });

      it("deletes by filter, and all", async () => {
        await store.delete({ filter: { kind: "fruit" } });
        expect(idsOf(await store.getByIds(IDS))).toEqual(["carrot"]);
        await store.delete({ deleteAll: true });
        expect(await store.similaritySearch("apple", 9)).toEqual([]);
      });

      it("takes new documents afterwards, also under the ids that were deleted", async () => {
        await store.delete({ ids: ["apple"] });
        await store.addDocuments([
          new Document({ id: "apple", pageContent: "a green apple", metadata: { new: true } }),
        ]);
        const [found] = await store.similaritySearch("a green apple", 1);
        expect(found).toMatchObject({ id: "apple", metadata: { new: true } });
        expect(await store.similaritySearch("apple", 9)).toHaveLength(4);
      });

      it("refuses to guess what to delete", async () => {
        await expect(store.delete({} as { ids: string[] })).rejects.toThrow("deleteAll");
      });
    });

    (reopen === undefined ? describe.skip : describe)("kept and opened again", () => {
      it("finds the same at the same scores, takes new documents, and leaves what is kept as it was", async () => {
        await store.addDocuments(fruits());
        const opened = await reopen!(store, embeddings);
        const found = await opened.similaritySearchWithScore("a red apple", 9);
        expect(found).toEqual(await store.similaritySearchWithScore("a red apple", 9));
        await opened.delete({ ids: ["apple"] });
        await opened.addDocuments([new Document({ id: "fig", pageContent: "a fig" })]);
        expect(idsOf(await opened.getByIds([...IDS, "fig"]))).toEqual(["cherry", "carrot", "배", "fig"]);
        expect(idsOf(await store.getByIds([...IDS, "fig"]))).toEqual(IDS);
      });

      it("may be empty, and may have lost documents before", async () => {
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

      it("picks by maximal marginal relevance among what passes the filter only", async () => {
        const options = { k: 3, fetchK: 9, lambda: 0.5, filter: { kind: "fruit" } };
        const found = await store.maxMarginalRelevanceSearch!("an orange carrot", options, undefined);
        expect(idsOf(found).sort()).toEqual(["apple", "cherry", "배"]);
        const byFunction = { ...options, filter: ({ metadata }: Document) => metadata.kind === "fruit" };
        expect(await store.maxMarginalRelevanceSearch!("an orange carrot", byFunction, undefined)).toEqual(
          found,
        );
      });

      it("gives every document once, the nearest first, when more are asked for than there are", async () => {
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
