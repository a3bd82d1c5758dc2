import type { RerankingModelV3 } from "@ai-sdk/provider";
import type { RerankingModelV4 } from "@ai-sdk/provider-4";
import { describe, expect, it } from "@jest/globals";
import { rerank } from "ai";
import { aiSdkRerankingModel } from "../../src/ai-sdk/ai-sdk-reranking-model.js";
import { FakeCrossEncoder } from "../../src/fake-cross-encoder.js";

const model: RerankingModelV3 = aiSdkRerankingModel(new FakeCrossEncoder());
const TEXTS = ["bananas", "save an index", "index"];

describe("aiSdkRerankingModel", () => {
  it("reranks for the AI SDK's rerank", async () => {
    const { ranking, rerankedDocuments } = await rerank({ model, query: "index", documents: TEXTS, topN: 2 });
    expect(rerankedDocuments).toEqual(["index", "save an index"]);
    expect(ranking.map(({ originalIndex, score }) => [originalIndex, score])).toEqual([
      [2, 1],
      [1, (2 * 5) / (5 + 13)],
    ]);
  });

  it("reads objects as their JSON text, with a warning", async () => {
    const values = [{ title: "bananas" }, { title: "index" }];
    const { ranking, warnings } = await model.doRerank({
      documents: { type: "object", values },
      query: "index",
    });
    expect(ranking.map(({ index }) => index)).toEqual([1, 0]);
    expect(warnings).toMatchObject([{ type: "compatibility", feature: "object documents" }]);
  });

  it("ends with the signal's reason", async () => {
    const reason = new Error("changed my mind");
    const documents = { type: "text" as const, values: TEXTS };
    const call = model.doRerank({ documents, query: "index", abortSignal: AbortSignal.abort(reason) });
    await expect(call).rejects.toBe(reason);
  });

  it("has the name of the cross-encoder's model or class, or the given names", () => {
    expect(model).toMatchObject({
      specificationVersion: "v3",
      provider: "secondpass",
      modelId: "FakeCrossEncoder",
    });
    const named = Object.assign(new FakeCrossEncoder(), { model: "BAAI/bge-reranker-base" });
    expect(aiSdkRerankingModel(named).modelId).toBe("BAAI/bge-reranker-base");
    expect(aiSdkRerankingModel(named, { provider: "mine", modelId: "best" })).toMatchObject({
      provider: "mine",
      modelId: "best",
    });
  });

  it("has the given version", () => {
    const native: RerankingModelV4 = aiSdkRerankingModel(new FakeCrossEncoder(), {
      specificationVersion: "v4",
    });
    expect(native.specificationVersion).toBe("v4");
    expect(() => aiSdkRerankingModel(new FakeCrossEncoder(), { specificationVersion: "v5" as "v4" })).toThrow(
      'Expected `specificationVersion` to be "v3" or "v4", got "v5".',
    );
  });
});
