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
      `Endpoint "${endpointName}" returned a successful response without valid scores for a request of ${pairs} pairs. ` +
        `${detail} Does the content handler match the deployed model?`,
      { cause },
    );
  }
}
