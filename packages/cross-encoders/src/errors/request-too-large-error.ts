import { CrossEncoderError } from "./cross-encoder-error.js";

/** A single pair makes a request body above `maxBytesPerRequest`; nothing was sent for it. */
export class RequestTooLargeError extends CrossEncoderError {
  override readonly name = "RequestTooLargeError";

  constructor(
    readonly bytes: number,
    readonly maxBytes: number,
  ) {
    super(
      `Expected a request body of at most ${maxBytes} bytes, but one pair alone makes ${bytes}. ` +
        "Split the text into chunks, or raise `maxBytesPerRequest` if the endpoint takes more.",
    );
  }
}
