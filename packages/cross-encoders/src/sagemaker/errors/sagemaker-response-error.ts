import { CrossEncoderError } from "../../errors/cross-encoder-error.js";

/** Thrown if an endpoint's successful response has no valid scores. `cause` is the reason. */
export class SagemakerResponseError extends CrossEncoderError {
  override readonly name = "SagemakerResponseError";

  /** @param pairs number of pairs in the request */
  constructor(
    readonly endpointName: string,
    readonly pairs: number,
    cause: unknown,
  ) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    super(
      `Endpoint "${endpointName}" answered a request of ${pairs} pairs with success, but not with their scores. ` +
        `${detail} Does the content handler fit what is deployed?`,
      { cause },
    );
  }
}
