import { checkHasMethod } from "@secondpass/core";
import type { BaseCrossEncoder } from "../base-cross-encoder.js";
import {
  type AiSdkModel,
  type AiSdkModelOptions,
  type AiSdkVersion,
  type AiSdkWarning,
  aiSdkModel,
} from "./ai-sdk-model.js";

/** What the AI SDK hands a reranking model (`RerankingModelV3CallOptions` of `@ai-sdk/provider`, as far as it is used here). */
export interface AiSdkRerankOptions {
  readonly documents:
    | { readonly type: "text"; readonly values: readonly string[] }
    | { readonly type: "object"; readonly values: readonly object[] };
  readonly query: string;
  readonly topN?: number;
  readonly abortSignal?: AbortSignal;
}

/** A reranking model as the AI SDK takes it (`RerankingModelV3` or `RerankingModelV4` of `@ai-sdk/provider`). */
export interface AiSdkRerankingModel<Version extends AiSdkVersion = "v3"> extends AiSdkModel<Version> {
  doRerank(options: AiSdkRerankOptions): Promise<{
    /** Best first; `index` is the document's place in the list given. */
    ranking: { index: number; relevanceScore: number }[];
    warnings: AiSdkWarning[];
  }>;
}

/**
 * A cross-encoder as a model of the AI SDK's `rerank({ model, documents, query, topN })`. Relevance scores are on the
 * cross-encoder's own scale. Documents that are objects are read as their JSON text.
 *
 * @param crossEncoder whatever ranks: `HuggingFaceCrossEncoder`, `HttpCrossEncoder`, `SagemakerEndpointCrossEncoder` or your own
 * @param options how the model calls itself in telemetry, and the version of the specification
 * @throws {UnknownOptionError}
 * @throws {InvalidOptionError} if `crossEncoder` cannot rank, or there is no such version
 *
 * @example
 * const model = aiSdkRerankingModel(crossEncoder, { specificationVersion: "v4" });
 * const { rerankedDocuments } = await rerank({ model, query, documents, topN: 3 });
 */
export function aiSdkRerankingModel<Version extends AiSdkVersion = "v3">(
  crossEncoder: Pick<BaseCrossEncoder, "rank"> & { readonly model?: unknown },
  options: AiSdkModelOptions<Version> = {},
): AiSdkRerankingModel<Version> {
  checkHasMethod("crossEncoder", crossEncoder, ["rank"], "a cross-encoder with a method rank");
  return {
    ...aiSdkModel(crossEncoder, options, "aiSdkRerankingModel"),
    async doRerank({ documents, query, topN, abortSignal }) {
      const areTexts = documents.type === "text";
      const texts = areTexts ? documents.values : documents.values.map((value) => JSON.stringify(value));
      const ranked = await crossEncoder.rank(query, texts, { topN, signal: abortSignal });
      return {
        ranking: ranked.map(({ index, score }) => ({ index, relevanceScore: score })),
        warnings: areTexts ? [] : [OBJECTS_AS_JSON],
      };
    },
  };
}

const OBJECTS_AS_JSON: AiSdkWarning = {
  type: "compatibility",
  feature: "object documents",
  details: "Objects are read as their JSON text.",
};
