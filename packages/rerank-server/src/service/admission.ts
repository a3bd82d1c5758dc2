import { RequestError } from "../errors/request-error.js";

/** Limits of the work at a time. */
export interface AdmissionLimits {
  /** Requests admitted at a time, including waiting ones. */
  readonly concurrentRequests: number;
  /** Tokens waiting or being computed. One request is always admitted, however large. */
  readonly outstandingTokens: number;
}

/** State of the queues. */
export interface Backlog {
  /** Tokens waiting or being computed, including those of clients that left while their batch was being computed. */
  readonly outstandingTokens: number;
  /** Estimated seconds until they are done. */
  readonly secondsLeft: number;
}

/** Longest Retry-After in seconds. */
const MAX_RETRY_AFTER_S = 60;

/**
 * Decides whether the server admits a request. A request counts once its body is complete, so a slow sender takes no room. Its tokens
 * count until they are computed or dropped, so room stays taken while it is in use, even after the client has left. The admitted work is
 * limited, and therefore also the queue and the time that a request waits.
 */
export class Admission {
  #requests = 0;

  constructor(
    readonly limits: AdmissionLimits,
    readonly backlog: () => Backlog,
  ) {}

  /** Number of admitted requests that have not ended. */
  get requests(): number {
    return this.#requests;
  }

  /** Checks whether any request can be admitted now. @throws {RequestError} 429 if not, however small it is */
  check(): void {
    if (this.#requests >= this.limits.concurrentRequests) throw this.#overloaded();
  }

  /**
   * Admits a request.
   *
   * @param tokens estimated number of tokens that the model has to compute
   * @returns a function that ends it; safe to call twice
   * @throws {RequestError} 429 if there is no room, with the seconds after which there may be room
   */
  enter(tokens: number): () => void {
    this.check();
    const { outstandingTokens } = this.backlog();
    if (outstandingTokens > 0 && outstandingTokens + tokens > this.limits.outstandingTokens)
      throw this.#overloaded();
    this.#requests += 1;
    let isInside = true;
    return () => {
      if (isInside) this.#requests -= 1;
      isInside = false;
    };
  }

  #overloaded(): RequestError {
    const seconds = Math.min(MAX_RETRY_AFTER_S, Math.max(1, Math.ceil(this.backlog().secondsLeft)));
    return new RequestError("overloaded", "The model is overloaded. Try again later.", {
      retryAfterS: seconds,
    });
  }
}
