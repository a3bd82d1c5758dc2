import { checkHasMethod } from "@secondpass/core";
import type { BaseCrossEncoder } from "../base-cross-encoder.js";
import {
  type AiSdkModel,
  type AiSdkModelOptions,
  type AiSdkVersion,
  type AiSdkWarning,
  aiSdkModel,
} from "./ai-sdk-model.js";

/** The options that the AI SDK passes to a reranking model (the part of `RerankingModelV3CallOptions` of `@ai-sdk/provider` that is used here). */
export interface AiSdkRerankOptions {
  readonly documents:
    | { readonly type: "text"; readonly values: readonly string[] }
    | { readonly type: "object"; readonly values: readonly object[] };
  readonly query: string;
  readonly topN?: number;
  readonly abortSignal?: AbortSignal;
}

/** A reranking model for the AI SDK (`RerankingModelV3` or `RerankingModelV4` of `@ai-sdk/provider`). */
export interface AiSdkRerankingModel<Version extends AiSdkVersion = "v3"> extends AiSdkModel<Version> {
  doRerank(options: AiSdkRerankOptions): Promise<{
    /** Best first; `index` is the document's index in the given list. */
    ranking: { index: number; relevanceScore: number }[];
    warnings: AiSdkWarning[];
  }>;
}

/**
 * Makes a model for the AI SDK's `rerank({ model, documents, query, topN })` from a cross-encoder. Relevance scores are on the
 * cross-encoder's own scale. Documents that are objects are read as their JSON text.
 *
 * @param crossEncoder any cross-encoder: `HuggingFaceCrossEncoder`, `HttpCrossEncoder`, `SagemakerEndpointCrossEncoder` or your own
 * @param options the model's names in telemetry, and the version of the specification
 * @throws {UnknownOptionError}
 * @throws {InvalidOptionError} if `crossEncoder` cannot rank, or the version is unknown
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
