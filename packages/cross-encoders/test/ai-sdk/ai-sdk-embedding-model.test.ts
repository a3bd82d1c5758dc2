import type { EmbeddingModelV3 } from "@ai-sdk/provider";
import type { EmbeddingModelV4 } from "@ai-sdk/provider-4";
import { describe, expect, it } from "@jest/globals";
import { embed, embedMany } from "ai";
import { aiSdkEmbeddingModel, type LangChainEmbeddings } from "../../src/ai-sdk/index.js";

/** Embeddings: [length, 0] for a document, [length, 1] for a query. */
const embeddings: LangChainEmbeddings & { readonly model: string } = {
  model: "lengths",
  embedDocuments: async (texts) => texts.map((text) => [text.length, 0]),
  embedQuery: async (text) => [text.length, 1],
};
const model: EmbeddingModelV3 = aiSdkEmbeddingModel(embeddings);
const native: EmbeddingModelV4 = aiSdkEmbeddingModel(embeddings, { specificationVersion: "v4" });

describe("aiSdkEmbeddingModel", () => {
  it("embeds documents for the AI SDK's embed and embedMany", async () => {
    expect((await embed({ model, value: "abc" })).embedding).toEqual([3, 0]);
    const { embeddings: vectors } = await embedMany({ model, values: ["", "a", "ab"] });
    expect(vectors).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
  });

  it("embeds queries for a model or a call with the task of queries", async () => {
    const queries = aiSdkEmbeddingModel(embeddings, { task: "query" });
    expect((await embed({ model: queries, value: "abc" })).embedding).toEqual([3, 1]);
    const providerOptions = { secondpass: { task: "query" } };
    const { embeddings: vectors } = await embedMany({ model, values: ["a", "ab"], providerOptions });
    expect(vectors).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  it("rejects unknown tasks and versions", async () => {
    expect(() => aiSdkEmbeddingModel(embeddings, { task: "querry" as "query" })).toThrow("Expected `task`");
    expect(() => aiSdkEmbeddingModel(embeddings, { specificationVersion: "v2" as "v3" })).toThrow(
      "Expected `specificationVersion`",
    );
    const providerOptions = { secondpass: { task: 7 } };
    await expect(native.doEmbed({ values: ["a"], providerOptions })).rejects.toThrow(
      "Expected `providerOptions.secondpass.task`",
    );
  });

  it("warns that it cannot shorten vectors", async () => {
    const { embeddings: vectors, warnings } = await native.doEmbed({ values: ["a"], dimensions: 1 });
    expect(vectors).toEqual([[1, 0]]);
    expect(warnings).toMatchObject([{ type: "unsupported", feature: "dimensions" }]);
  });

  it("ends with the signal's reason, also if the embeddings ignore the signal", async () => {
    const reason = new Error("changed my mind");
    const deaf = aiSdkEmbeddingModel({ ...embeddings, embedDocuments: () => new Promise(() => {}) });
    const controller = new AbortController();
    const call = deaf.doEmbed({ values: ["a"], abortSignal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await expect(model.doEmbed({ values: ["a"], abortSignal: controller.signal })).rejects.toBe(reason);
  });

  it("passes the signal to embeddings that accept one", async () => {
    const signals: AbortSignal[] = [];
    const abortable = {
      ...embeddings,
      withSignal(signal: AbortSignal) {
        signals.push(signal);
        return embeddings;
      },
    };
    const { signal } = new AbortController();
    await aiSdkEmbeddingModel(abortable).doEmbed({ values: ["a"], abortSignal: signal });
    expect(signals).toEqual([signal]);
  });

  it("throws if vectors are missing", async () => {
    const short = aiSdkEmbeddingModel({ ...embeddings, embedDocuments: async () => [] });
    await expect(short.doEmbed({ values: ["a"] })).rejects.toMatchObject({
      name: "EmbeddingCountError",
      message: "Expected one vector for each of 1 texts, got 0 from lengths.",
    });
  });

  it("has the name of the embeddings' model, or the given names", () => {
    expect(native).toMatchObject({ specificationVersion: "v4", provider: "secondpass", modelId: "lengths" });
    expect(aiSdkEmbeddingModel(embeddings, { provider: "mine", modelId: "best" })).toMatchObject({
      specificationVersion: "v3",
      provider: "mine",
      modelId: "best",
    });
  });
});
