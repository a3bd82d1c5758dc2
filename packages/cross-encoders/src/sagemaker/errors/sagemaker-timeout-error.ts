import { CrossEncoderError } from "../../errors/cross-encoder-error.js";

/** Thrown if one request, including all its attempts, took longer than `timeoutMs`. */
export class SagemakerTimeoutError extends CrossEncoderError {
  override readonly name = "SagemakerTimeoutError";

  constructor(
    readonly endpointName: string,
    readonly timeoutMs: number,
    readonly pairs: number,
  ) {
    super(
      `Endpoint "${endpointName}" gave no answer to a request of ${pairs} pairs within ${timeoutMs} ms, including all ` +
        "attempts. Raise `timeoutMs`, lower `maxPairsPerRequest`, or give the endpoint more capacity.",
    );
  }
}
