export type {
  CrossEncoderContentHandler,
  ModelKwargs,
} from "../content-handlers/cross-encoder-content-handler.js";
export type { TeiPredictOptions } from "../content-handlers/tei-predict.js";
export type { TeiRerankOptions } from "../content-handlers/tei-rerank.js";
export { RequestTooLargeError } from "../errors/request-too-large-error.js";
export { ResponseFormatError } from "../errors/response-format-error.js";
export { HttpEndpointError, type HttpFailure } from "./errors/http-endpoint-error.js";
export { HttpResponseError } from "./errors/http-response-error.js";
export { HttpTimeoutError } from "./errors/http-timeout-error.js";
export { HttpCrossEncoder } from "./http-cross-encoder.js";
export type { Fetch, HttpCrossEncoderOptions } from "./http-cross-encoder-options.js";
export type { HttpProtocol } from "./protocols/http-protocol.js";
export { type HttpProtocolName, httpProtocols } from "./protocols/http-protocols.js";
export type { RawScoresOption } from "./protocols/raw-scores-option.js";
