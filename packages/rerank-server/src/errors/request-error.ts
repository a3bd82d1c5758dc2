import { SecondpassError } from "@secondpass/core";

/** Kinds of errors with their HTTP status. Names are those of Text Embeddings Inference if it has one. */
const STATUS = {
  malformed: 400,
  empty: 400,
  unsupported: 400,
  unauthorized: 401,
  notFound: 404,
  notAcceptable: 406,
  timeout: 408,
  tooLarge: 413,
  unsupportedMediaType: 415,
  validation: 422,
  backend: 424,
  overloaded: 429,
  headersTooLarge: 431,
  internal: 500,
  unavailable: 503,
} as const;

/** Kind of an error; each has one HTTP status. */
export type RequestErrorType = keyof typeof STATUS;

/** Options of a {@link RequestError}. */
export interface RequestErrorOptions extends ErrorOptions {
  /** Seconds after which the client may try again: the Retry-After of a 429 or 503. Minimum 1. @default 1 */
  readonly retryAfterS?: number;
}

/** An error that the server sends to the client. Its message never repeats the request's texts. */
export class RequestError extends SecondpassError {
  override readonly name = "RequestError";
  /** HTTP status of the answer. */
  readonly status: number;
  /** Seconds after which the client may try again; undefined if another try would fail as well. */
  readonly retryAfterS: number | undefined;

  constructor(
    readonly type: RequestErrorType,
    message: string,
    { retryAfterS = 1, ...options }: RequestErrorOptions = {},
  ) {
    super(message, options);
    this.status = STATUS[type];
    this.retryAfterS = type === "overloaded" || type === "unavailable" ? retryAfterS : undefined;
  }
}
