/** Longest wait after the first failure, in ms; it doubles with each further failure. */
const FIRST_DELAY_MS = 500;
/** Longest wait without `Retry-After`, in ms. */
const MAX_BACKOFF_MS = 8_000;

/**
 * Computes the wait before another attempt, in ms: a random time up to a limit that doubles ("full jitter"), so that clients that failed
 * together do not return together. It is added to the server's `Retry-After`.
 *
 * @param attempts number of attempts so far, minimum 1
 * @param random random number, 0 … 1
 */
export function retryDelay(attempts: number, retryAfterMs = 0, random = Math.random()): number {
  return retryAfterMs + random * Math.min(MAX_BACKOFF_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
}
