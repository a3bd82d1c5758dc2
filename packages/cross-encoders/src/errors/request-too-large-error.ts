import { CrossEncoderError } from "./cross-encoder-error.js";

/** Thrown if the request body of a single pair is larger than `maxBytesPerRequest`. It was not sent. */
export class RequestTooLargeError extends CrossEncoderError {
  override readonly name = "RequestTooLargeError";

  constructor(
    readonly bytes: number,
    readonly maxBytes: number,
  ) {
    super(
      `Expected a request body of at most ${maxBytes} bytes, but one pair alone makes ${bytes}. ` +
        "Split the text into chunks, or raise `maxBytesPerRequest` if the endpoint accepts more.",
    );
  }
}
