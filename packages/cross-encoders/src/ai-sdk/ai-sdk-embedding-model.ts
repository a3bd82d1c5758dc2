import { bindSignal, checkEmbeddings, checkOneOf, raceWithSignal } from "@secondpass/core";
import { EmbeddingCountError } from "../errors/embedding-count-error.js";
import {
  type AiSdkModel,
  type AiSdkModelOptions,
  type AiSdkVersion,
  type AiSdkWarning,
  aiSdkModel,
} from "./ai-sdk-model.js";

/** What texts are embedded for: models with prompts read queries and documents differently. */
export type EmbeddingTask = "query" | "document";

/** LangChain's embeddings, as far as they are used here. */
export interface LangChainEmbeddings {
  embedDocuments(texts: string[]): Promise<number[][]>;
  embedQuery(text: string): Promise<number[]>;
}

/** Options of {@link aiSdkEmbeddingModel}. */
export interface AiSdkEmbeddingModelOptions<Version extends AiSdkVersion = "v3">
  extends AiSdkModelOptions<Version> {
  /** What texts are embedded for, unless `providerOptions.secondpass.task` of a call says otherwise. @default "document" */
  readonly task?: EmbeddingTask;
}

/** What the AI SDK hands an embedding model (`EmbeddingModelV4CallOptions` of `@ai-sdk/provider`, as far as it is used here). */
export interface AiSdkEmbedOptions {
  readonly values: readonly string[];
  readonly dimensions?: number;
  readonly abortSignal?: AbortSignal;
  readonly providerOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** An embedding model as the AI SDK takes it (`EmbeddingModelV3` or `EmbeddingModelV4` of `@ai-sdk/provider`). */
export interface AiSdkEmbeddingModel<Version extends AiSdkVersion = "v3"> extends AiSdkModel<Version> {
  /** No limit: LangChain's embeddings make batches themselves. */
  readonly maxEmbeddingsPerCall: undefined;
  readonly supportsParallelCalls: boolean;
  doEmbed(options: AiSdkEmbedOptions): Promise<{
    /** [values] vectors, in the order given. */
    embeddings: number[][];
    warnings: AiSdkWarning[];
  }>;
}

/**
 * LangChain embeddings as a model of the AI SDK's `embed` and `embedMany`. The AI SDK does not say whether a text is a query: make one model
 * for each task, or say it in a call with `providerOptions: { secondpass: { task: "query" } }`.
 *
 * @param embeddings `HuggingFaceEmbeddings` or any other of LangChain
 * @throws {UnknownOptionError}
 * @throws {InvalidOptionError} if `embeddings` cannot embed, or there is no such version or task
 *
 * @example
 * const queries = aiSdkEmbeddingModel(embeddings, { task: "query" });
 * const { embedding } = await embed({ model: queries, value: "how tall is Mont Blanc?" });
 */
export function aiSdkEmbeddingModel<Version extends AiSdkVersion = "v3">(
  embeddings: LangChainEmbeddings & { readonly model?: unknown },
  options: AiSdkEmbeddingModelOptions<Version> = {},
): AiSdkEmbeddingModel<Version> {
  checkEmbeddings(embeddings);
  const model = aiSdkModel(embeddings, options, "aiSdkEmbeddingModel", ["task"]);
  const ownTask = checkOneOf("task", options.task ?? "document", TASKS);
  return {
    ...model,
    maxEmbeddingsPerCall: undefined,
    supportsParallelCalls: true,
    /**
     * @throws {EmbeddingCountError} if there is not one vector for each text
     * @throws {InvalidOptionError} if `providerOptions.secondpass.task` is not a task
     */
    async doEmbed({ values, dimensions, abortSignal, providerOptions }) {
      abortSignal?.throwIfAborted();
      const task = providerOptions?.secondpass?.task ?? ownTask;
      const bound = bindSignal(embeddings, abortSignal);
      const embedding =
        checkOneOf("providerOptions.secondpass.task", task, TASKS) === "query"
          ? Promise.all(values.map((value) => bound.embedQuery(value)))
          : bound.embedDocuments([...values]);
      const vectors = await raceWithSignal(embedding, abortSignal);
      if (vectors.length !== values.length) {
        throw new EmbeddingCountError(model.modelId, values.length, vectors.length);
      }
      return { embeddings: vectors, warnings: dimensions === undefined ? [] : [NO_DIMENSIONS] };
    },
  };
}

const TASKS: readonly EmbeddingTask[] = ["query", "document"];

const NO_DIMENSIONS: AiSdkWarning = {
  type: "unsupported",
  feature: "dimensions",
  details: "Vectors have the length that the embeddings were made for.",
};
