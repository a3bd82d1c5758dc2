import { CrossEncoderError } from "../../errors/cross-encoder-error.js";

/** Thrown if one request, including all its attempts, took longer than `timeoutMs`. */
export class HttpTimeoutError extends CrossEncoderError {
  override readonly name = "HttpTimeoutError";

  /** @param url address of the request, without query string */
  constructor(
    readonly url: string,
    readonly timeoutMs: number,
    readonly pairs: number,
  ) {
    super(
      `${url} gave no answer to a request of ${pairs} pairs within ${timeoutMs} ms, including all attempts. ` +
        "Raise `timeoutMs`, lower `maxPairsPerRequest`, or give the server more capacity.",
    );
  }
}
