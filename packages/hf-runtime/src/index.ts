export { InvalidOptionError, SecondpassError, type TextPair } from "@secondpass/core";
export type { Activation, CrossEncoder, PredictOptions } from "./contracts/cross-encoder.js";
export type { EmbedOptions, Encoder, SimilarityFunction } from "./contracts/encoder.js";
export type { Device, Dtype, LoadOptions, ProgressEvent } from "./contracts/load-options.js";
export type { PromptChoice, Prompts } from "./contracts/prompts.js";
export type { RunOptions } from "./contracts/run-options.js";
export { FileIntegrityError } from "./errors/file-integrity-error.js";
export { GitLfsPointerError } from "./errors/git-lfs-pointer-error.js";
export { HubNetworkError } from "./errors/hub-network-error.js";
export { InferenceError } from "./errors/inference-error.js";
export { MalformedModelFileError } from "./errors/malformed-model-file-error.js";
export { MalformedSafetensorsError } from "./errors/malformed-safetensors-error.js";
export { MaxLengthError } from "./errors/max-length-error.js";
export { MissingFeatureError } from "./errors/missing-feature-error.js";
export { MissingWeightError } from "./errors/missing-weight-error.js";
export { ModelConfigError } from "./errors/model-config-error.js";
export { ModelFileNotFoundError } from "./errors/model-file-not-found-error.js";
export { ModelNotCachedError } from "./errors/model-not-cached-error.js";
export { ModelNotFoundError } from "./errors/model-not-found-error.js";
export { ModelPathError } from "./errors/model-path-error.js";
export { NoSafetensorsError } from "./errors/no-safetensors-error.js";
export { OnnxRuntimeMissingError } from "./errors/onnx-runtime-missing-error.js";
export { OnnxSizeError } from "./errors/onnx-size-error.js";
export { RepositoryAccessError } from "./errors/repository-access-error.js";
export { RepositoryNotFoundError } from "./errors/repository-not-found-error.js";
export { RevisionNotFoundError } from "./errors/revision-not-found-error.js";
export { SessionCrashedError } from "./errors/session-crashed-error.js";
export { SessionDisposedError } from "./errors/session-disposed-error.js";
export { SessionLoadError } from "./errors/session-load-error.js";
export { UnknownPromptError } from "./errors/unknown-prompt-error.js";
export { UnsupportedArchitectureError } from "./errors/unsupported-architecture-error.js";
export { UnsupportedDeviceError } from "./errors/unsupported-device-error.js";
export { UnsupportedDtypeError } from "./errors/unsupported-dtype-error.js";
export { UnsupportedInputError } from "./errors/unsupported-input-error.js";
export { UnsupportedModuleError } from "./errors/unsupported-module-error.js";
export { UnsupportedRerankerError } from "./errors/unsupported-reranker-error.js";
export { UnsupportedTokenizerError } from "./errors/unsupported-tokenizer-error.js";
export { WeightShapeError } from "./errors/weight-shape-error.js";
export { WeightsNotFoundError } from "./errors/weights-not-found-error.js";
export { type ExportOnnxOptions, exportOnnx } from "./graph/export-onnx.js";
export { LazyModel } from "./lazy-model.js";
export { loadCrossEncoder } from "./load-cross-encoder.js";
export { loadEncoder } from "./load-encoder.js";
export {
  type ActivationFunction,
  activationFunction,
  activationName,
} from "./modules/apply/activation-function.js";
export { promptedPairs } from "./prompts/prompted-pairs.js";
