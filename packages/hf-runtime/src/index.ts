export { InvalidOptionError, SecondpassError, type TextPair, UnknownOptionError } from "@secondpass/core";
export type {
  Activation,
  CrossEncoder,
  PredictOptions,
  TokenRelevance,
  TokenScores,
} from "./contracts/cross-encoder.js";
export type { EmbedOptions, Encoder, SimilarityFunction } from "./contracts/encoder.js";
export type { EncoderIdentity } from "./contracts/encoder-identity.js";
export {
  type Device,
  type Dtype,
  LOAD_OPTIONS,
  type LoadOptions,
  type ProgressEvent,
} from "./contracts/load-options.js";
export type {
  MultiVectorEmbedOptions,
  MultiVectorEncoder,
  MultiVectorSimilarity,
} from "./contracts/multi-vector-encoder.js";
export type { PoolingMode } from "./contracts/pooling-mode.js";
export type { PromptChoice, Prompts } from "./contracts/prompts.js";
export type { ReadingOptions } from "./contracts/reading-options.js";
export type { RunOptions } from "./contracts/run-options.js";
export type { SparseEmbedOptions, SparseEncoder, SparseVector } from "./contracts/sparse-encoder.js";
export type { Task } from "./contracts/task.js";
export type { TextToken, TokenizeOptions } from "./contracts/text-token.js";
export { ChatTemplateError } from "./errors/chat-template-error.js";
export { FileIntegrityError } from "./errors/file-integrity-error.js";
export { GitLfsPointerError } from "./errors/git-lfs-pointer-error.js";
export { HubNetworkError } from "./errors/hub-network-error.js";
export { InferenceError } from "./errors/inference-error.js";
export { MalformedModelFileError } from "./errors/malformed-model-file-error.js";
export { MalformedSafetensorsError } from "./errors/malformed-safetensors-error.js";
export { MalformedTorchFileError } from "./errors/malformed-torch-file-error.js";
export { MaxLengthError } from "./errors/max-length-error.js";
export { MissingFeatureError } from "./errors/missing-feature-error.js";
export { MissingWeightError } from "./errors/missing-weight-error.js";
export { ModelCacheError } from "./errors/model-cache-error.js";
export { ModelConfigError } from "./errors/model-config-error.js";
export { ModelFileAccessError } from "./errors/model-file-access-error.js";
export { ModelFileNotFoundError } from "./errors/model-file-not-found-error.js";
export { ModelKindError } from "./errors/model-kind-error.js";
export { ModelNotCachedError } from "./errors/model-not-cached-error.js";
export { ModelNotFoundError } from "./errors/model-not-found-error.js";
export { ModelPathError } from "./errors/model-path-error.js";
export { NoSafetensorsError } from "./errors/no-safetensors-error.js";
export { NonFiniteResultError } from "./errors/non-finite-result-error.js";
export { NonFiniteWeightError } from "./errors/non-finite-weight-error.js";
export { OnnxRuntimeLoadError } from "./errors/onnx-runtime-load-error.js";
export { OnnxRuntimeMissingError } from "./errors/onnx-runtime-missing-error.js";
export { OnnxSizeError } from "./errors/onnx-size-error.js";
export { PositionLimitError } from "./errors/position-limit-error.js";
export { RepositoryAccessError } from "./errors/repository-access-error.js";
export { RepositoryNotFoundError } from "./errors/repository-not-found-error.js";
export { RevisionNotFoundError } from "./errors/revision-not-found-error.js";
export { SessionCrashedError } from "./errors/session-crashed-error.js";
export { SessionDisposedError } from "./errors/session-disposed-error.js";
export { SessionLoadError } from "./errors/session-load-error.js";
export { TokenHeadError } from "./errors/token-head-error.js";
export { UnknownAdapterError } from "./errors/unknown-adapter-error.js";
export { UnknownPromptError } from "./errors/unknown-prompt-error.js";
export { UnknownRouteError } from "./errors/unknown-route-error.js";
export { UnsupportedArchitectureError } from "./errors/unsupported-architecture-error.js";
export { UnsupportedDeviceError } from "./errors/unsupported-device-error.js";
export { UnsupportedDtypeError } from "./errors/unsupported-dtype-error.js";
export { UnsupportedInputError } from "./errors/unsupported-input-error.js";
export { UnsupportedModuleError } from "./errors/unsupported-module-error.js";
export { UnsupportedOutputError } from "./errors/unsupported-output-error.js";
export { UnsupportedRerankerError } from "./errors/unsupported-reranker-error.js";
export { UnsupportedSettingError } from "./errors/unsupported-setting-error.js";
export { UnsupportedTokenizerError } from "./errors/unsupported-tokenizer-error.js";
export { UnsupportedTorchFileError } from "./errors/unsupported-torch-file-error.js";
export { WeightShapeError } from "./errors/weight-shape-error.js";
export { WeightsNotFoundError } from "./errors/weights-not-found-error.js";
export { type ExportOnnxOptions, exportOnnx } from "./graph/export-onnx.js";
export { type CachedModel, type CachedRevision, type CheckedFile, ModelCache } from "./hub/model-cache.js";
export { showProgress } from "./hub/show-progress.js";
export { identifyEncoder } from "./identify-encoder.js";
export { LazyModel } from "./lazy-model.js";
export { loadCrossEncoder } from "./load-cross-encoder.js";
export { loadEncoder } from "./load-encoder.js";
export { loadMultiVectorEncoder } from "./load-multi-vector-encoder.js";
export { loadSparseEncoder } from "./load-sparse-encoder.js";
export {
  type ActivationFunction,
  activationFunction,
  activationName,
} from "./modules/apply/activation-function.js";
export { encoderPrompt } from "./prompts/encoder-prompt.js";
export { promptedPairs } from "./prompts/prompted-pairs.js";
