import type { BaseCrossEncoder } from "../base-cross-encoder.js";

/** What the AI SDK hands a reranking model (`RerankingModelV3CallOptions` of `@ai-sdk/provider`, as far as it is used here). */
export interface AiSdkRerankOptions {
  readonly documents:
    | { readonly type: "text"; readonly values: readonly string[] }
    | { readonly type: "object"; readonly values: readonly object[] };
  readonly query: string;
  readonly topN?: number;
  readonly abortSignal?: AbortSignal;
}

/** A reranking model as the AI SDK takes it (`RerankingModelV3` of `@ai-sdk/provider`). */
export interface AiSdkRerankingModel {
  readonly specificationVersion: "v3";
  readonly provider: string;
  readonly modelId: string;
  doRerank(options: AiSdkRerankOptions): Promise<{
    /** Best first; `index` is the document's place in the list given. */
    ranking: { index: number; relevanceScore: number }[];
    warnings: { type: "compatibility"; feature: string; details: string }[];
  }>;
}

/**
 * A cross-encoder as a model of the AI SDK's `rerank({ model, documents, query, topN })`. Relevance scores are on the
 * cross-encoder's own scale. Documents that are objects are read as their JSON text.
 *
 * @param crossEncoder whatever ranks: `HuggingFaceCrossEncoder`, `SagemakerEndpointCrossEncoder` or your own
 * @param names how the model calls itself in telemetry. @default the cross-encoder's `model` and class name
 */
export function aiSdkRerankingModel(
  crossEncoder: Pick<BaseCrossEncoder, "rank"> & { readonly model?: unknown },
  names: { readonly provider?: string; readonly modelId?: string } = {},
): AiSdkRerankingModel {
  const className = crossEncoder.constructor.name;
  return {
    specificationVersion: "v3",
    provider: names.provider ?? "secondpass",
    modelId: names.modelId ?? (typeof crossEncoder.model === "string" ? crossEncoder.model : className),
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

const OBJECTS_AS_JSON = {
  type: "compatibility" as const,
  feature: "object documents",
  details: "Objects are read as their JSON text.",
};
