import { CrossEncoderError } from "../../errors/cross-encoder-error.js";

/** Thrown if a server's successful response has no valid scores. `cause` is the reason. */
export class HttpResponseError extends CrossEncoderError {
  override readonly name = "HttpResponseError";

  /**
   * @param url address of the request, without query string
   * @param pairs number of pairs in the request
   */
  constructor(
    readonly url: string,
    readonly pairs: number,
    cause: unknown,
  ) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    super(
      `${url} returned a successful response without valid scores for a request of ${pairs} pairs. ${detail} ` +
        "Does `protocol` match the server?",
      { cause },
    );
  }
}
