/** Kinds of refusal with their HTTP status; the names are Text Embeddings Inference's where it has one. */
const STATUS = {
  malformed: 400,
  notFound: 404,
  notAcceptable: 406,
  tooLarge: 413,
  unsupportedMediaType: 415,
  validation: 422,
  overloaded: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type RequestErrorType = keyof typeof STATUS;

/** A request that the server answers with an error; the message goes to the client. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: number;

  constructor(
    readonly type: RequestErrorType,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.status = STATUS[type];
  }
}
