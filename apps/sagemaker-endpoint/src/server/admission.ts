import { RequestError } from "../errors/request-error.js";

/** How much may be under way at a time. */
export interface AdmissionLimits {
  readonly concurrentRequests: number;
  readonly inflightBytes: number;
}

/**
 * Decides before a body is read whether the server takes it on. What is admitted is bounded in number and bytes, so the
 * queue behind it is bounded, and so is memory; the rest is told to come back, which SageMaker's clients do.
 */
export class Admission {
  #requests = 0;
  #bytes = 0;

  constructor(readonly limits: AdmissionLimits) {}

  /** Requests admitted and not yet ended. */
  get requests(): number {
    return this.#requests;
  }

  /**
   * Takes a request on.
   *
   * @param bytes size of its body
   * @returns what ends it; safe to call twice
   * @throws {RequestError} 429 if there is no room
   */
  enter(bytes: number): () => void {
    const { concurrentRequests, inflightBytes } = this.limits;
    if (this.#requests >= concurrentRequests || this.#bytes + bytes > inflightBytes) {
      throw new RequestError("overloaded", "The model is overloaded. Try again later.");
    }
    this.#requests += 1;
    this.#bytes += bytes;
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      this.#requests -= 1;
      this.#bytes -= bytes;
    };
  }
}
