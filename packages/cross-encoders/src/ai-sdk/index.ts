export {
  type AiSdkRerankingModel,
  type AiSdkRerankOptions,
  aiSdkRerankingModel,
} from "./ai-sdk-reranking-model.js";
