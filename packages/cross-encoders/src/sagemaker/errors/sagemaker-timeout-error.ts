import { CrossEncoderError } from "../../errors/cross-encoder-error.js";

/** One request, with all attempts at it, took longer than `timeoutMs`. */
export class SagemakerTimeoutError extends CrossEncoderError {
  override readonly name = "SagemakerTimeoutError";

  constructor(
    readonly endpointName: string,
    readonly timeoutMs: number,
    readonly pairs: number,
  ) {
    super(
      `Endpoint "${endpointName}" gave no answer to a request of ${pairs} pairs within ${timeoutMs} ms, all attempts ` +
        "counted. Raise `timeoutMs`, lower `maxPairsPerRequest`, or give the endpoint more capacity.",
    );
  }
}
