import type { CallbackManagerForChainRun } from "@langchain/core/callbacks/manager";
import type { DocumentInterface } from "@langchain/core/documents";
import type { RunnableConfig } from "@langchain/core/runnables";
import { checkCount, checkNumber, InvalidOptionError } from "@secondpass/core";
import { checkKey } from "./check-key.js";
import { childConfig } from "./child-config.js";
import { type RerankingModel, rankTexts } from "./reranking-model.js";
import { RunnableDocumentCompressor } from "./runnable-document-compressor.js";
import { withMetadata } from "./with-metadata.js";

export interface CrossEncoderRerankerFields {
  /** A `BaseCrossEncoder`, or any object with `score(pairs)` or `predict(pairs)`. */
  readonly model: RerankingModel;
  /** How many documents to return. Minimum 1; Infinity returns all, reordered. @default 3 */
  readonly topN?: number;
  /**
   * Least score a document needs to be returned, inclusive, on the model's own scale, which is that of the scores in the
   * metadata: 0 to 1 for models with a sigmoid (bge-reranker), logits of about −11 to 11 for those without (ms-marco).
   * @default none
   */
  readonly scoreThreshold?: number;
  /** Metadata field that receives the score. @default "relevanceScore" */
  readonly scoreKey?: string;
}

/**
 * Reranks documents: a cross-encoder reads each one together with the query; the best come back in order, as copies
 * with their score in the metadata.
 *
 * One call can have its own settings through the config, also from the far end of a chain:
 * `retriever.invoke(query, { configurable: { topN: 10, scoreThreshold: 0.2 } })` (`scoreThreshold: null` lifts it).
 *
 * @example
 * const reranker = new CrossEncoderReranker({ model, topN: 3 });
 * const [best] = await reranker.compressDocuments(documents, "How tall is Mont Blanc?");
 * console.log(best.metadata.relevanceScore);
 */
export class CrossEncoderReranker extends RunnableDocumentCompressor {
  static override lc_name(): string {
    return "CrossEncoderReranker";
  }

  readonly model: RerankingModel;
  readonly topN: number;
  readonly scoreThreshold: number | undefined;
  readonly scoreKey: string;

  /** @throws {InvalidOptionError} if a field has an invalid value */
  constructor(fields: CrossEncoderRerankerFields) {
    super(fields);
    this.model = checkModel(fields.model);
    this.topN = checkCount("topN", fields.topN ?? 3);
    this.scoreThreshold = checkThreshold("scoreThreshold", fields.scoreThreshold);
    this.scoreKey = checkKey("scoreKey", fields.scoreKey ?? "relevanceScore");
    this.lc_serializable = "lc_serializable" in this.model && this.model.lc_serializable === true;
  }

  protected override async compress(
    documents: readonly DocumentInterface[],
    query: string,
    config: RunnableConfig,
    run?: CallbackManagerForChainRun,
  ): Promise<DocumentInterface[]> {
    const { topN, scoreThreshold } = this.settingsOfCall(config);
    const ranked = await rankTexts(
      this.model,
      query,
      documents.map(({ pageContent }) => pageContent),
      topN,
      childConfig(config, run, "cross_encoder"),
    );
    return ranked
      .filter(({ score }) => scoreThreshold === undefined || score >= scoreThreshold)
      .map(({ index, score }) => withMetadata(documents[index] as DocumentInterface, this.scoreKey, score));
  }

  private settingsOfCall({ configurable = {} }: RunnableConfig) {
    return {
      topN: checkCount("configurable.topN", configurable.topN ?? this.topN),
      scoreThreshold:
        configurable.scoreThreshold === undefined
          ? this.scoreThreshold
          : checkThreshold("configurable.scoreThreshold", configurable.scoreThreshold),
    };
  }
}

function checkThreshold(option: string, value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : checkNumber(option, value);
}

function checkModel(model: RerankingModel): RerankingModel {
  const methods: Partial<Record<"rank" | "score" | "predict", unknown>> = model ?? {};
  if ([methods.rank, methods.score, methods.predict].some((method) => typeof method === "function"))
    return model;
  throw new InvalidOptionError("model", "a cross-encoder with a method rank, score or predict", model);
}
