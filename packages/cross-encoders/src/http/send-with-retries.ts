import { delay } from "@secondpass/core";
import { HttpEndpointError } from "./errors/http-endpoint-error.js";
import { retryDelay } from "./retry-delay.js";
import { type HttpRequest, sendOnce } from "./send-once.js";

/** Limits of retries. */
export interface RetryPolicy {
  readonly maxRetries: number;
  readonly maxRetryAfterMs: number;
  /** No wait ends later than this time after the first attempt, in ms. */
  readonly timeoutMs: number;
}

/**
 * Sends a request, with retries as the policy allows.
 *
 * @param visibleUrl the address in error messages
 * @returns the body of the response
 * @throws {HttpEndpointError} if no attempt succeeded
 * @throws the signal's reason if it is aborted
 */
export async function sendWithRetries(
  request: HttpRequest,
  visibleUrl: string,
  policy: RetryPolicy,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const started = performance.now();
  for (let attempts = 1; ; attempts += 1) {
    const attempt = await sendOnce(request, signal);
    if ("body" in attempt) return attempt.body;
    const { failure, isPassing, cause } = attempt;
    const waitMs = retryDelay(attempts, failure.retryAfterMs);
    const hasTime = performance.now() - started + waitMs < policy.timeoutMs;
    const mayWait = (failure.retryAfterMs ?? 0) <= policy.maxRetryAfterMs && hasTime;
    if (!isPassing || attempts > policy.maxRetries || !mayWait) {
      throw new HttpEndpointError({ ...failure, url: visibleUrl, attempts }, { cause });
    }
    await delay(waitMs, signal);
  }
}
