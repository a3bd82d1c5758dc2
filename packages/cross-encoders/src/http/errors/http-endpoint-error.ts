import { CrossEncoderError } from "../../errors/cross-encoder-error.js";
import { oneLine } from "../../errors/one-line.js";

/** Details of a failed request. */
export interface HttpFailure {
  /** Address of the request, without query string. */
  readonly url: string;
  /** Status of the response; undefined if there was no response. */
  readonly status?: number | undefined;
  /** Code of the network's failure, such as "ECONNREFUSED"; undefined if a response was complete. */
  readonly code?: string | undefined;
  /** Message of the server or of the network. Keys are hidden. */
  readonly serverMessage?: string | undefined;
  /** The server's id of the request, for support. */
  readonly requestId?: string | undefined;
  /** Time after which the server wants to be called again, in ms, if it states one. */
  readonly retryAfterMs?: number | undefined;
  /** Number of times the request was sent. */
  readonly attempts: number;
}

/** Thrown if a request to a server failed, including its retries: the server rejected it, or could not be reached. */
export class HttpEndpointError extends CrossEncoderError implements HttpFailure {
  override readonly name = "HttpEndpointError";
  readonly url: string;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly serverMessage: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly attempts: number;

  constructor(failure: HttpFailure, options?: ErrorOptions) {
    super(describe(failure), options);
    this.url = failure.url;
    this.status = failure.status;
    this.code = failure.code;
    this.serverMessage = failure.serverMessage;
    this.requestId = failure.requestId;
    this.retryAfterMs = failure.retryAfterMs;
    this.attempts = failure.attempts;
  }
}

function describe(failure: HttpFailure): string {
  const { url, status, code, serverMessage, requestId, attempts } = failure;
  const brokenOff = code === undefined ? "" : `, but not to the end (${code})`;
  const what = status === undefined ? `could not be reached (${code})` : `answered ${status}${brokenOff}`;
  const tried = attempts > 1 ? ` after ${attempts} attempts` : "";
  const reason = serverMessage ? `: ${oneLine(serverMessage)}` : "";
  const id = requestId ? ` Request id: ${oneLine(requestId)}.` : "";
  return `${url} ${what}${tried}${reason}.${advice(failure)}${id}`;
}

function advice({ status = 0, retryAfterMs }: HttpFailure): string {
  if (status >= 300 && status < 400)
    return " Give the address that it redirects to as `url`: redirects are not followed.";
  if (status === 401 || status === 403) return " Check `apiKey`.";
  if (status === 404 || status === 405) return " Check `url`, `protocol` and `model`.";
  if (status === 400 || status === 422) return " Check `protocol`, `model` and `modelKwargs`.";
  if (status === 413)
    return " The request was too large: lower `maxPairsPerRequest` or `maxBytesPerRequest`.";
  if (status !== 429) return "";
  const when = retryAfterMs === undefined ? "" : ` Call again in ${Math.ceil(retryAfterMs / 1000)} s.`;
  return ` It is overloaded: lower \`maxConcurrency\`.${when}`;
}
