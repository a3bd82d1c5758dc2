import { CrossEncoderError } from "../../errors/cross-encoder-error.js";

/** A server answered with success, but not with scores that fit the pairs. `cause` says what was wrong. */
export class HttpResponseError extends CrossEncoderError {
  override readonly name = "HttpResponseError";

  /**
   * @param url where the request went, without query string
   * @param pairs how many pairs the request carried
   */
  constructor(
    readonly url: string,
    readonly pairs: number,
    cause: unknown,
  ) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    super(
      `${url} answered a request of ${pairs} pairs with success, but not with their scores. ${detail} ` +
        "Does `protocol` fit the server?",
      { cause },
    );
  }
}
