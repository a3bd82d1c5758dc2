export { createRerankServer } from "./create-rerank-server.js";
export { LogitsCountError } from "./errors/logits-count-error.js";
export { RequestError, type RequestErrorOptions, type RequestErrorType } from "./errors/request-error.js";
export type { LogStream } from "./log/log-options.js";
export { standardOutput } from "./log/standard-output.js";
export type { Loadable, ModelEntry } from "./models/model-entry.js";
export type { ServedEmbedder } from "./models/served-embedder.js";
export type { ServedModel, ServedRunOptions, ServedTokenizer } from "./models/served-model.js";
export type {
  AnswerFacts,
  DecodingRequest,
  EmbeddingRequest,
  EmbeddingWay,
  ModelFacts,
  ModelKind,
  ModelRequest,
  Payload,
  ScoringRequest,
  ServedToken,
  TokenizingRequest,
} from "./payloads/payload.js";
export type { JsonSchema } from "./payloads/values/field.js";
export type { JsonObject } from "./payloads/values/json-object.js";
export { JsonText } from "./payloads/values/json-text.js";
export type { Truncation } from "./payloads/values/truncation.js";
export { allProtocols } from "./protocols/all-protocols.js";
export { cohere } from "./protocols/cohere.js";
export { infinity } from "./protocols/infinity.js";
export { jina } from "./protocols/jina.js";
export { mixedbread } from "./protocols/mixedbread.js";
export { openai } from "./protocols/openai.js";
export type {
  InfoRoute,
  ListedModel,
  Protocol,
  ProtocolRoute,
  ServerFacts,
} from "./protocols/protocol.js";
export { sagemaker } from "./protocols/sagemaker.js";
export { textEmbeddingsInference } from "./protocols/text-embeddings-inference.js";
export { vllm } from "./protocols/vllm.js";
export { voyage } from "./protocols/voyage.js";
export type { ListenOptions, RerankServer } from "./rerank-server.js";
export type { RerankServerLimits, RerankServerOptions } from "./rerank-server-options.js";
