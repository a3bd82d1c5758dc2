import { describe, expect, it } from "@jest/globals";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { documentCompressorSuite, FakeEmbeddings } from "@secondpass/test-kit";
import { EmbeddingsFilter } from "../src/embeddings-filter.js";
import { ResultCountError } from "../src/errors/result-count-error.js";
import { documentsOf, textsOf } from "./list-retriever.js";

const VECTORS = {
  query: [1, 0],
  near: [1, 0.2],
  nearer: [1, 0.1],
  far: [0, 1],
  opposite: [-1, 0],
  nothing: [0, 0],
};
const TEXTS = ["far", "near", "nothing", "nearer", "opposite"];
const embeddings = new FakeEmbeddings({ dimensions: 2, vectors: VECTORS });

describe("EmbeddingsFilter", () => {
  documentCompressorSuite({
    create: () => new EmbeddingsFilter({ embeddings: new FakeEmbeddings(), k: 3 }),
  });

  it("returns the k most similar, the most similar first, with their similarity", async () => {
    const kept = await new EmbeddingsFilter({ embeddings, k: 2 }).compressDocuments(
      documentsOf(...TEXTS),
      "query",
    );
    expect(textsOf(kept)).toEqual(["nearer", "near"]);
    expect(kept[0]?.metadata.querySimilarityScore).toBeCloseTo(1 / Math.sqrt(1.01), 12);
  });

  it("returns twenty by default", async () => {
    const many = documentsOf(...Array.from({ length: 25 }, (_, index) => `text ${index}`));
    expect(await new EmbeddingsFilter({ embeddings }).compressDocuments(many, "query")).toHaveLength(20);
  });

  it("keeps all that are more similar than the threshold, the most similar first, if k is null", async () => {
    const filter = new EmbeddingsFilter({ embeddings, k: null, similarityThreshold: 0.5 });
    expect(textsOf(await filter.compressDocuments(documentsOf(...TEXTS), "query"))).toEqual([
      "nearer",
      "near",
    ]);
  });

  it("keeps the order of documents that are equally similar", async () => {
    const twins = documentsOf("far", "near", "far", "near");
    twins.forEach((document, index) => {
      document.id = String(index);
    });
    const kept = await new EmbeddingsFilter({ embeddings }).compressDocuments(twins, "query");
    expect(kept.map(({ id }) => id)).toEqual(["1", "3", "0", "2"]);
  });

  it("treats a vector of zeros as similar to nothing", async () => {
    const filter = new EmbeddingsFilter({ embeddings, k: null, similarityThreshold: -0.5 });
    const kept = await filter.compressDocuments(documentsOf("nothing", "opposite"), "query");
    expect(kept.map(({ metadata }) => metadata.querySimilarityScore)).toEqual([0]);
  });

  it("compares by another function if one is given", async () => {
    const negativeDistance = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
      a.map((left) => b.map((right) => -Math.hypot(...left.map((value, i) => value - (right[i] as number)))));
    const filter = new EmbeddingsFilter({
      embeddings,
      k: 1,
      similarityFn: negativeDistance,
      scoreKey: "closeness",
    });
    const [best] = await filter.compressDocuments(documentsOf(...TEXTS), "query");
    expect(best).toMatchObject({ pageContent: "nearer", metadata: { closeness: -0.1 } });
  });

  it("passes the signal to embeddings that accept one", async () => {
    const { signal } = new AbortController();
    const bound: AbortSignal[] = [];
    const abortable: EmbeddingsInterface & { withSignal(given: AbortSignal): EmbeddingsInterface } = {
      embedDocuments: () => Promise.reject(new Error("called without a signal")),
      embedQuery: () => Promise.reject(new Error("called without a signal")),
      withSignal(given) {
        bound.push(given);
        return embeddings;
      },
    };
    const filter = new EmbeddingsFilter({ embeddings: abortable });
    await filter.compressDocuments(documentsOf("near"), "query", { signal });
    expect(bound).toEqual([signal, signal]);
  });

  it("throws if the number of vectors differs from the number of documents", async () => {
    const miscounting: EmbeddingsInterface = { embedDocuments: async () => [], embedQuery: async () => [1] };
    const call = new EmbeddingsFilter({ embeddings: miscounting }).compressDocuments(
      documentsOf("near"),
      "query",
    );
    await expect(call).rejects.toThrow(new ResultCountError("embedDocuments", 1, 0));
  });

  it.each([
    [{ k: null }, "`k` to be a number if no `similarityThreshold` is given, got null"],
    [{ k: 0 }, "`k` to be a positive integer (Infinity for all), got 0"],
    [{ similarityThreshold: Number.NaN }, "`similarityThreshold` to be a finite number, got NaN"],
  ])("rejects %p", (fields, message) => {
    expect(() => new EmbeddingsFilter({ embeddings, ...fields })).toThrow(message);
  });
});
