import { describe, expect, it } from "@jest/globals";
import type { Document } from "@langchain/core/documents";
import { InvalidOptionError, UnknownOptionError } from "@secondpass/core";
import { FaissStore } from "../../src/faiss-store.js";
import { FaissStoreRetriever } from "../../src/search/faiss-store-retriever.js";
import type { RetrieverOptions } from "../../src/search/retriever-options.js";

const embeddings = { embedQuery: async () => [1, 0], embedDocuments: async () => [] };

/** A store of four texts: "same" and "near" are similar to every query, "far" and "opposite" are not. */
async function storeOf(distanceStrategy: "l2" | "ip" | "cosine" = "cosine"): Promise<FaissStore> {
  const store = new FaissStore(embeddings, { distanceStrategy });
  await store.addVectors(
    [
      [1, 0],
      [0.9, 0.1],
      [0.1, 0.9],
      [-1, 0.1],
    ],
    ["same", "near", "far", "opposite"].map((pageContent, n) => ({ pageContent, metadata: { n } })),
  );
  return store;
}

const texts = (documents: readonly Pick<Document, "pageContent">[]) =>
  documents.map(({ pageContent }) => pageContent);

describe("asRetriever", () => {
  // For ip our relevance is the product (README, known divergences).
  it.each(["l2", "ip", "cosine"] as const)("keeps documents of enough relevance: %s", async (strategy) => {
    const store = await storeOf(strategy);
    const searchType = "similarity_score_threshold";
    const forms: RetrieverOptions[] = [
      { searchType, searchKwargs: { scoreThreshold: 0.8 } },
      { searchType, scoreThreshold: 0.8 },
      { searchType, scoreThreshold: 0.1, searchKwargs: { scoreThreshold: 0.8, k: 3 }, k: 1 },
    ];
    for (const form of forms) {
      const retriever = store.asRetriever(form);
      expect(texts(await retriever.invoke("x"))).toEqual(["same", "near"]);
      expect(texts((await retriever.batch(["x", "y"]))[1]!)).toEqual(["same", "near"]);
    }
    const filtered = store.asRetriever({
      searchType,
      scoreThreshold: 0.8,
      filter: ({ metadata }) => metadata.n > 0,
      k: 1,
    });
    expect(texts(await filtered.invoke("x"))).toEqual(["near"]);
    expect(texts(await store.asRetriever({ searchType, scoreThreshold: 0 }).invoke("x"))).toHaveLength(4);
  });

  it("compares raw scores under plain similarity, as Python does", async () => {
    const store = await storeOf("l2");
    expect(texts(await store.asRetriever({ searchKwargs: { scoreThreshold: 0.02 } }).invoke("x"))).toEqual([
      "same",
    ]);
    expect(texts(await store.asRetriever({ scoreThreshold: 0.021 }).invoke("x"))).toEqual(["same", "near"]);
  });

  it("searches as before without a threshold", async () => {
    const store = await storeOf();
    expect(texts(await store.asRetriever().invoke("x"))).toEqual(["same", "near", "far", "opposite"]);
    expect(texts(await store.asRetriever(2, { n: { $gt: 0 } }).invoke("x"))).toEqual(["near", "far"]);
    const diverse = store.asRetriever({ searchType: "mmr", k: 2, searchKwargs: { fetchK: 4, lambda: 0 } });
    expect(texts(await diverse.invoke("x"))).toEqual(["same", "opposite"]);
    expect(diverse.searchKwargs).toEqual({ fetchK: 4, lambda: 0 });
  });

  it("is LangChain's retriever, by name and by tags", async () => {
    const retriever = (await storeOf()).asRetriever({ tags: ["mine"] });
    expect(retriever).toBeInstanceOf(FaissStoreRetriever);
    expect(retriever.getName()).toBe("VectorStoreRetriever");
    expect(retriever.tags).toEqual(["mine", "faiss"]);
  });

  it.each<[string, object]>([
    ["searchType", { searchType: "similarity_score" }],
    ["scoreThreshold", { searchType: "similarity_score_threshold" }],
    ["scoreThreshold", { searchType: "similarity_score_threshold", scoreThreshold: 1.5 }],
    ["scoreThreshold", { searchType: "similarity_score_threshold", scoreThreshold: -0.1 }],
    ["scoreThreshold", { searchType: "similarity_score_threshold", scoreThreshold: "0.8" }],
    ["scoreThreshold", { searchType: "similarity_score_threshold", scoreThreshold: Number.NaN }],
    ["scoreThreshold", { searchType: "mmr", scoreThreshold: 0.5 }],
    ["scoreThreshold", { scoreThreshold: Number.NaN }],
  ])("throws for an invalid %s", async (option, fields) => {
    const store = await storeOf();
    expect(() => store.asRetriever(fields)).toThrow(InvalidOptionError);
    expect(() => store.asRetriever(fields)).toThrow(option);
  });

  it("throws for unknown options", async () => {
    const store = await storeOf();
    expect(() => store.asRetriever({ search_type: "mmr" } as object)).toThrow("Did you mean `searchType`?");
    const fields = { searchType: "similarity_score_threshold", searchKwargs: { score_threshold: 0.8 } };
    expect(() => store.asRetriever(fields as object)).toThrow(UnknownOptionError);
    await expect(store.similaritySearchWithRelevanceScores("x", 2, { scoreThreshold: 80 })).rejects.toThrow(
      InvalidOptionError,
    );
  });

  it("takes options for one call, and a signal", async () => {
    const retriever = (await storeOf()).asRetriever({ k: 3 });
    const calls = await Promise.all([
      retriever.invoke("x", { configurable: { k: 1 } }),
      retriever.invoke("x", { configurable: { filter: { n: 2 }, thread_id: "other" } }),
      retriever.invoke("x", {
        configurable: { searchType: "similarity_score_threshold", scoreThreshold: 0.8 },
      }),
      retriever.invoke("x"),
    ]);
    expect(calls.map(texts)).toEqual([["same"], ["far"], ["same", "near"], ["same", "near", "far"]]);
    const wrong = { searchType: "similarity_score_threshold", scoreThreshold: 2 };
    await expect(retriever.invoke("x", { configurable: wrong })).rejects.toThrow(InvalidOptionError);
    await expect(retriever.invoke("x", { configurable: { scoreThreshold: Number.NaN } })).rejects.toThrow(
      InvalidOptionError,
    );
    await expect(retriever.invoke("x", { signal: AbortSignal.abort(new Error("left")) })).rejects.toThrow(
      "left",
    );
  });
});
