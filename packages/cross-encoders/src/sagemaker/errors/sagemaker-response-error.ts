import { CrossEncoderError } from "../../errors/cross-encoder-error.js";

/** An endpoint answered with success, but not with scores that fit the pairs. `cause` says what was wrong. */
export class SagemakerResponseError extends CrossEncoderError {
  override readonly name = "SagemakerResponseError";

  /** @param pairs how many pairs the request carried */
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
