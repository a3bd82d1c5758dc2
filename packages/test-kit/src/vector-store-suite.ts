import { beforeEach, describe, expect, it } from "@jest/globals";
import { Document, type DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { VectorStoreInterface } from "@langchain/core/vectorstores";
import { FakeEmbeddings } from "./fake-embeddings.js";
import { RunRecorder } from "./run-recorder.js";

type Filter = Record<string, unknown> | ((document: Document) => boolean);

/** What the suite needs of a vector store; LangChain's interface, and ids as Python has them. */
export interface VectorStoreUnderTest extends Omit<VectorStoreInterface, "FilterType"> {
  FilterType: Filter;
  addVectors(
    vectors: number[][],
    documents: DocumentInterface[],
    options?: { ids?: string[] },
  ): Promise<string[]>;
  addDocuments(documents: DocumentInterface[], options?: { ids?: string[] }): Promise<string[]>;
  getByIds(ids: string[]): Promise<DocumentInterface[]>;
  delete(params: { ids: string[] } | { filter: Filter } | { deleteAll: true }): Promise<void>;
}

export interface VectorStoreSuiteOptions {
  /** Makes an empty store; called for each test. */
  readonly create: (embeddings: EmbeddingsInterface) => VectorStoreUnderTest | Promise<VectorStoreUnderTest>;
  /** Whether a lower score is better. @default true */
  readonly lowerIsBetter?: boolean;
  /** Keeps a store somewhere and makes another one of what was kept; without it, what is said about keeping is not tried. */
  readonly reopen?: (
    store: VectorStoreUnderTest,
    embeddings: EmbeddingsInterface,
  ) => Promise<VectorStoreUnderTest>;
}

/** Documents with ids and metadata of several kinds. */
function fruits(): Document[] {
  return [
    {
      id: "apple",
      pageContent: "a red apple",
      metadata: { kind: "fruit", price: 3, tags: { color: "red" } },
    },
    {
      id: "cherry",
      pageContent: "a red cherry",
      metadata: { kind: "fruit", price: 9, tags: { color: "red" } },
    },
    {
      id: "carrot",
      pageContent: "an orange carrot",
      metadata: { kind: "root", price: 1, tags: { color: "orange" } },
    },
    { id: "배", pageContent: "노란 배 🍐", metadata: { kind: "fruit", price: 5, tags: { color: "yellow" } } },
  ].map((fields) => new Document(fields));
}

const IDS = ["apple", "cherry", "carrot", "배"];

/** The laws of every vector store that keeps documents by id and filters by metadata; run it inside a `describe`. */
export function vectorStoreSuite({ create, lowerIsBetter = true, reopen }: VectorStoreSuiteOptions): void {
  const ids = (documents: readonly DocumentInterface[]) => documents.map(({ id }) => id);

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

    describe("adding documents", () => {
      it("takes ids from the documents, from the options before them, and else makes them up", async () => {
        expect(await store.addDocuments(fruits())).toEqual(IDS);
        const [made] = await store.addDocuments([new Document({ pageContent: "a plum" })]);
        expect(made).toMatch(/^[\da-f-]{36}$/);
        const given = [new Document({ pageContent: "a fig", id: "own" })];
        expect(await store.addDocuments(given, { ids: ["given"] })).toEqual(["given"]);
        expect(ids(await store.getByIds(["given", "own"]))).toEqual(["given"]);
      });

      it("takes plain objects for documents, some with an id and some without", async () => {
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

      it("takes vectors beside texts, and finds each where it lies", async () => {
        await store.addDocuments(fruits());
        const figs = ["one fig", "two figs"].map(
          (pageContent) => new Document({ pageContent, id: pageContent }),
        );
        const vectors = figs.map(({ pageContent }) => embeddings.embed(pageContent));
        expect(await store.addVectors(vectors, figs)).toEqual(ids(figs));
        for (const fig of figs) expect(await store.similaritySearch(fig.pageContent, 1)).toEqual([fig]);
        expect(await store.similaritySearch("a red apple", 1)).toEqual([fruits()[0]]);
      });

      it("refuses an id that comes twice or is stored already, and stores none of the documents", async () => {
        await expect(store.addDocuments(fruits(), { ids: ["a", "b", "a", "c"] })).rejects.toThrow('"a"');
        expect(await store.similaritySearch("apple", 9)).toEqual([]);
        await store.addDocuments(fruits());
        const fresh = new Document({ pageContent: "a fig", id: "fig" });
        await expect(store.addDocuments([fresh, ...fruits()])).rejects.toThrow('"apple"');
        expect(await store.getByIds(["fig"])).toEqual([]);
        expect(await store.similaritySearch("apple", 9)).toHaveLength(4);
      });

      it("refuses lists of different lengths", async () => {
        await expect(store.addDocuments(fruits(), { ids: ["a"] })).rejects.toThrow("4 ids");
        await expect(store.addVectors([embeddings.embed("x")], fruits())).rejects.toThrow("4 vectors");
        expect(await store.similaritySearch("apple", 9)).toEqual([]);
      });

      it("refuses vectors of another dimension and numbers that are none, and stores nothing", async () => {
        await store.addDocuments(fruits());
        const good = embeddings.embed("a fig");
        const documents = [new Document({ pageContent: "a fig" }), new Document({ pageContent: "a kiwi" })];
        await expect(store.addVectors([good, [1, 2]], documents)).rejects.toThrow("16 dimensions");
        const bad = good.with(3, Number.NaN);
        await expect(store.addVectors([good, bad], documents)).rejects.toThrow("NaN in row 1");
        expect(await store.similaritySearch("a fig", 9)).toHaveLength(4);
      });

      it("never changes the documents it is given, nor lets them change it", async () => {
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

    describe("searching", () => {
      beforeEach(() => store.addDocuments(fruits()));

      it("finds the nearest first, with ids and metadata", async () => {
        const [best, second] = await store.similaritySearch("a red apple", 2);
        expect(best).toEqual(fruits()[0]);
        expect(second?.id).toBe("cherry");
        expect(best).toBeInstanceOf(Document);
      });

      it("gives scores in the order of results, the best for the same text", async () => {
        const found = await store.similaritySearchWithScore("a red apple", 4);
        const scores = found.map(([, score]) => score);
        const sorted = [...scores].sort((a, b) => (lowerIsBetter ? a - b : b - a));
        expect(scores).toEqual(sorted);
        expect(found[0]![1]).toBeCloseTo(lowerIsBetter ? 0 : 1, 5);
      });

      it("finds the same by vector as by text", async () => {
        const vector = await embeddings.embedQuery("orange");
        const byVector = await store.similaritySearchVectorWithScore(vector, 3);
        expect(byVector).toEqual(await store.similaritySearchWithScore("orange", 3));
      });

      it("gives four by default, none for k = 0, all for a k beyond what there is", async () => {
        await store.addDocuments([new Document({ pageContent: "a fig" })]);
        expect(await store.similaritySearch("apple")).toHaveLength(4);
        expect(await store.similaritySearch("apple", 0)).toEqual([]);
        expect(await store.similaritySearch("apple", 100)).toHaveLength(5);
      });

      it.each([-1, 1.5, Number.NaN])("refuses k = %p", async (k) => {
        await expect(store.similaritySearch("apple", k)).rejects.toThrow("k");
      });

      it("refuses a query vector of another dimension or with NaN", async () => {
        await expect(store.similaritySearchVectorWithScore([1, 2], 1)).rejects.toThrow(
          "16 dimensions, got 2",
        );
        const bad = new Array(16).fill(Number.NaN);
        await expect(store.similaritySearchVectorWithScore(bad, 1)).rejects.toThrow("NaN");
      });

      it("hands out copies that share nothing", async () => {
        const [first] = await store.similaritySearch("a red apple", 1);
        (first!.metadata.tags as { color: string }).color = "blue";
        const [again] = await store.similaritySearch("a red apple", 1);
        expect(again).toEqual(fruits()[0]);
      });

      it("applies a metadata filter before the search, so that k results that pass are found", async () => {
        const found = await store.similaritySearch("a red apple", 2, { kind: "fruit", price: { $gt: 4 } });
        expect(ids(found).sort()).toEqual(["cherry", "배"]);
        expect(ids(await store.similaritySearch("a red apple", 1, { "tags.color": "orange" }))).toEqual([
          "carrot",
        ]);
        expect(await store.similaritySearch("a red apple", 4, { kind: "nothing" })).toEqual([]);
      });

      it.each([
        ["a list of values", { "tags.color": ["orange", "yellow"] }, ["carrot", "배"]],
        [
          "$in and $nin",
          { kind: { $in: ["fruit", "root"] }, "tags.color": { $nin: ["red"] } },
          ["carrot", "배"],
        ],
        ["a range", { price: { $gte: 3, $lt: 9 } }, ["apple", "배"]],
        [
          "$or beside a field",
          { kind: "fruit", $or: [{ price: { $lte: 3 } }, { price: 9 }] },
          ["apple", "cherry"],
        ],
        ["$and of $not", { $and: [{ kind: { $ne: "root" } }, { $not: { tags: { color: "red" } } }] }, ["배"]],
        ["a key that no document has", { missing: { $eq: "x" } }, []],
        [
          "a key that no document has beside one that all have",
          { $and: [{ price: { $gt: 0 } }, { missing: 1 }] },
          [],
        ],
        ["nothing", {}, ["apple", "carrot", "cherry", "배"]],
        ["no condition", { $and: [] }, ["apple", "carrot", "cherry", "배"]],
        ["no alternative", { $or: [] }, []],
        ["conditions that exclude one another", { $and: [{ price: 3 }, { price: { $eq: 9 } }] }, []],
        [
          "alternatives that exclude themselves",
          { $or: [{ price: { $lt: 3, $gt: 3 } }, { price: 1 }] },
          ["carrot"],
        ],
        ["a number written as text", { price: "3" }, []],
        [
          "operators within operators",
          {
            $and: [
              { $or: [{ price: { $lt: 2 } }, { price: { $gt: 4 } }] },
              { $not: { kind: { $in: ["root"] } } },
            ],
          },
          ["cherry", "배"],
        ],
      ])("finds what passes a filter of %s", async (_title, filter: Record<string, unknown>, expected) => {
        expect(ids(await store.similaritySearch("a red apple", 9, filter)).sort()).toEqual(expected);
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

      it("applies a filter that is a function of the document", async () => {
        const found = await store.similaritySearch("a red apple", 4, ({ id }: Document) => id === "배");
        expect(ids(found)).toEqual(["배"]);
      });

      it("tells null and nothing from other values", async () => {
        const prices = { free: null, cheap: 0, unknown: undefined, no: false };
        const documents = Object.entries(prices).map(
          ([id, price]) =>
            new Document({ id, pageContent: id, metadata: price === undefined ? {} : { price } }),
        );
        await store.delete({ deleteAll: true });
        await store.addDocuments(documents);
        const passing = async (filter: Filter) => ids(await store.similaritySearch("x", 9, filter)).sort();
        expect(await passing({ price: { $eq: null } })).toEqual(["free", "unknown"]);
        expect(await passing({ price: 0 })).toEqual(["cheap"]);
        expect(await passing({ price: false })).toEqual(["no"]);
      });

      it.each<[string, Record<string, unknown>]>([
        ["on a field", { price: { $near: 3 } }],
        ["around conditions", { $xor: [{ price: 3 }] }],
        ["among conditions that are known", { $and: [{ price: { $eq: 3 } }, { price: { $near: 3 } }] }],
      ])("refuses an operator that it does not know, instead of ignoring it: %s", async (_title, filter) => {
        await expect(store.similaritySearch("apple", 4, filter)).rejects.toThrow(/\$near|\$xor/);
        await expect(
          store.maxMarginalRelevanceSearch!("apple", { k: 2, filter }, undefined),
        ).rejects.toThrow();
      });

      it("answers many searches at once", async () => {
        const queries = Array.from({ length: 20 }, (_, i) =>
          i % 2 === 0 ? "a red cherry" : "an orange carrot",
        );
        const found = await Promise.all(queries.map((query) => store.similaritySearch(query, 1)));
        expect(found.map(([document]) => document!.pageContent)).toEqual(queries);
      });
    });

    describe("deleting", () => {
      beforeEach(() => store.addDocuments(fruits()));

      it("forgets documents by id, and finds the others by their own ids", async () => {
        await store.delete({ ids: ["apple", "carrot"] });
        expect(ids(await store.similaritySearch("a red apple", 9)).sort()).toEqual(["cherry", "배"]);
        expect((await store.similaritySearch("a red cherry", 1))[0]).toEqual(fruits()[1]);
        expect(ids(await store.getByIds(IDS))).toEqual(["cherry", "배"]);
      });

      it("deletes nothing when one id is unknown", async () => {
        await expect(store.delete({ ids: ["apple", "mango"] })).rejects.toThrow('"mango"');
        expect(await store.getByIds(IDS)).toHaveLength(4);
      });

      it("deletes by filter, and all", async () => {
        await store.delete({ filter: { kind: "fruit" } });
        expect(ids(await store.getByIds(IDS))).toEqual(["carrot"]);
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
        expect(ids(await opened.getByIds([...IDS, "fig"]))).toEqual(["cherry", "carrot", "배", "fig"]);
        expect(ids(await store.getByIds([...IDS, "fig"]))).toEqual(IDS);
      });

      it("may be empty, and may have lost documents before", async () => {
        const empty = await reopen!(store, embeddings);
        expect(await empty.similaritySearch("apple", 9)).toEqual([]);
        await store.addDocuments(fruits());
        await store.delete({ ids: ["apple", "배"] });
        const opened = await reopen!(store, embeddings);
        expect(ids(await opened.similaritySearch("a red apple", 9)).sort()).toEqual(["carrot", "cherry"]);
      });
    });

    describe("as a retriever", () => {
      beforeEach(() => store.addDocuments(fruits()));

      it("picks by maximal marginal relevance among what passes the filter only", async () => {
        const options = { k: 3, fetchK: 9, lambda: 0.5, filter: { kind: "fruit" } };
        const found = await store.maxMarginalRelevanceSearch!("an orange carrot", options, undefined);
        expect(ids(found).sort()).toEqual(["apple", "cherry", "배"]);
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
        expect(ids(found).sort()).toEqual([...IDS, "twin"].sort());
      });

      it("retrieves k documents that pass the filter, and is traced", async () => {
        const recorder = new RunRecorder();
        const retriever = store.asRetriever({ k: 2, filter: { kind: "fruit" } });
        const found = await retriever.invoke("a red apple", { callbacks: [recorder] });
        expect(ids(found)).toEqual(["apple", "cherry"]);
        expect(recorder.roots.map(({ run_type }) => run_type)).toEqual(["retriever"]);
      });

      it("retrieves by maximal marginal relevance: the nearest first, then the least like it", async () => {
        await store.addDocuments([new Document({ id: "twin", pageContent: "a red apple" })]);
        const retriever = store.asRetriever({
          k: 2,
          searchType: "mmr",
          searchKwargs: { fetchK: 5, lambda: 0.1 },
        });
        const [first, second] = ids(await retriever.invoke("a red apple"));
        expect(["apple", "twin"]).toContain(first);
        expect(["apple", "twin"]).not.toContain(second);
      });
    });
  });
}
