import { bindSignal, checkEmbeddings, checkOneOf, raceWithSignal } from "@secondpass/core";
import { EmbeddingCountError } from "../errors/embedding-count-error.js";
import {
  type AiSdkModel,
  type AiSdkModelOptions,
  type AiSdkVersion,
  type AiSdkWarning,
  aiSdkModel,
} from "./ai-sdk-model.js";

/** Role of the texts: models with prompts embed queries and documents differently. */
export type EmbeddingTask = "query" | "document";

/** The methods of LangChain's embeddings that are used here. */
export interface LangChainEmbeddings {
  embedDocuments(texts: string[]): Promise<number[][]>;
  embedQuery(text: string): Promise<number[]>;
}

/** Options of {@link aiSdkEmbeddingModel}. */
export interface AiSdkEmbeddingModelOptions<Version extends AiSdkVersion = "v3">
  extends AiSdkModelOptions<Version> {
  /** Role of the texts, unless a call sets `providerOptions.secondpass.task`. @default "document" */
  readonly task?: EmbeddingTask;
}

/** The options that the AI SDK passes to an embedding model (the part of `EmbeddingModelV4CallOptions` of `@ai-sdk/provider` that is used here). */
export interface AiSdkEmbedOptions {
  readonly values: readonly string[];
  readonly dimensions?: number;
  readonly abortSignal?: AbortSignal;
  readonly providerOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** An embedding model for the AI SDK (`EmbeddingModelV3` or `EmbeddingModelV4` of `@ai-sdk/provider`). */
export interface AiSdkEmbeddingModel<Version extends AiSdkVersion = "v3"> extends AiSdkModel<Version> {
  /** No limit, because LangChain's embeddings make batches themselves. */
  readonly maxEmbeddingsPerCall: undefined;
  readonly supportsParallelCalls: boolean;
  doEmbed(options: AiSdkEmbedOptions): Promise<{
    /** One vector for each value, in their order. */
    embeddings: number[][];
    warnings: AiSdkWarning[];
  }>;
}

/**
 * Makes a model for the AI SDK's `embed` and `embedMany` from LangChain embeddings. The AI SDK does not say whether a text is a query: make one
 * model for each task, or set `providerOptions: { secondpass: { task: "query" } }` in a call.
 *
 * @param embeddings `HuggingFaceEmbeddings` or any other LangChain embeddings
 * @throws {UnknownOptionError}
 * @throws {InvalidOptionError} if `embeddings` cannot embed, or the version or task is unknown
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
     * @throws {EmbeddingCountError} if the number of vectors differs from the number of texts
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
  details: "Vectors keep the dimensions of the embeddings.",
};
