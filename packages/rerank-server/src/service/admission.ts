import { RequestError } from "../errors/request-error.js";

/** How much may be under way at a time. */
export interface AdmissionLimits {
  /** Requests admitted at a time, the waiting ones counted. */
  readonly concurrentRequests: number;
  /** Tokens that are computed or wait. One request is always admitted, however large. */
  readonly outstandingTokens: number;
}

/** What the admission looks at. */
export interface Backlog {
  /** Tokens that are computed or wait, those of clients counted that left while their batch was being computed. */
  readonly outstandingTokens: number;
  /** Seconds in which they may be done. */
  readonly secondsLeft: number;
}

/** Longest Retry-After in seconds. */
const MAX_RETRY_AFTER_S = 60;

/**
 * Decides whether the server takes a request on. A request counts once its body has come whole, so a client that sends slowly takes
 * no room; its tokens count until they are computed or dropped, so a client that leaves gives no room that is still in use. What
 * is admitted is bounded, and so are the queue behind it and the time that a request waits.
 */
export class Admission {
  #requests = 0;

  constructor(
    readonly limits: AdmissionLimits,
    readonly backlog: () => Backlog,
  ) {}

  /** Requests admitted and not yet ended. */
  get requests(): number {
    return this.#requests;
  }

  /** @throws {RequestError} 429 if no request is taken on now, however small */
  check(): void {
    if (this.#requests >= this.limits.concurrentRequests) throw this.#overloaded();
  }

  /**
   * Takes a request on.
   *
   * @param tokens about how many the model has to compute for it
   * @returns what ends it; safe to call twice
   * @throws {RequestError} 429 if there is no room, with the seconds after which there may be some
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
