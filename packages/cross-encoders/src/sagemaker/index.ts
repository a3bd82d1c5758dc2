export * from "../content-handlers/content-handlers.js";
export type {
  CrossEncoderContentHandler,
  ModelKwargs,
} from "../content-handlers/cross-encoder-content-handler.js";
export { RequestTooLargeError } from "../errors/request-too-large-error.js";
export { ResponseFormatError } from "../errors/response-format-error.js";
export { type EndpointFailure, SagemakerEndpointError } from "./errors/sagemaker-endpoint-error.js";
export { SagemakerResponseError } from "./errors/sagemaker-response-error.js";
export { SagemakerSetupError } from "./errors/sagemaker-setup-error.js";
export { SagemakerTimeoutError } from "./errors/sagemaker-timeout-error.js";
export { SagemakerEndpointCrossEncoder } from "./sagemaker-endpoint-cross-encoder.js";
export type {
  EndpointKwargs,
  SagemakerEndpointCrossEncoderOptions,
} from "./sagemaker-endpoint-cross-encoder-options.js";
