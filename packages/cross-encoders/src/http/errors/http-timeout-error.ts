import { CrossEncoderError } from "../../errors/cross-encoder-error.js";

/** One request, with all attempts at it, took longer than `timeoutMs`. */
export class HttpTimeoutError extends CrossEncoderError {
  override readonly name = "HttpTimeoutError";

  /** @param url where the request went, without query string */
  constructor(
    readonly url: string,
    readonly timeoutMs: number,
    readonly pairs: number,
  ) {
    super(
      `${url} gave no answer to a request of ${pairs} pairs within ${timeoutMs} ms, all attempts counted. ` +
        "Raise `timeoutMs`, lower `maxPairsPerRequest`, or give the server more capacity.",
    );
  }
}
