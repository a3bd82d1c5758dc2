export type { Activation, CrossEncoder, PredictOptions, TextPair } from "./cross-encoder.js";
export type { EmbedOptions, Encoder, SimilarityFunction } from "./encoder.js";
export { SecondpassError } from "./errors/secondpass-error.js";
export { type ActivationFunction, activationFunction } from "./heads/activations.js";
export { LazyModel } from "./lazy-model.js";
export { loadCrossEncoder } from "./load-cross-encoder.js";
export { loadEncoder } from "./load-encoder.js";
export type { Device, Dtype, LoadOptions, ProgressEvent, RunOptions } from "./load-options.js";
