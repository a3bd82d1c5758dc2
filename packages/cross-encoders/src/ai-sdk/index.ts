export {
  type AiSdkEmbeddingModel,
  type AiSdkEmbeddingModelOptions,
  type AiSdkEmbedOptions,
  aiSdkEmbeddingModel,
  type EmbeddingTask,
  type LangChainEmbeddings,
} from "./ai-sdk-embedding-model.js";
export type { AiSdkModel, AiSdkModelOptions, AiSdkVersion, AiSdkWarning } from "./ai-sdk-model.js";
export {
  type AiSdkRerankingModel,
  type AiSdkRerankOptions,
  aiSdkRerankingModel,
} from "./ai-sdk-reranking-model.js";
