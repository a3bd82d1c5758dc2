/** Longest wait after the first failure, in ms; it doubles with each one after. */
const FIRST_DELAY_MS = 500;
/** Longest wait that the server did not ask for, in ms. */
const MAX_BACKOFF_MS = 8_000;

/**
 * How long to wait before another attempt, in ms: anything up to a limit that doubles ("full jitter"), so that clients which failed
 * together do not come back together; after the time that the server asked for, if it did.
 *
 * @param attempts how many were made, minimum 1
 * @param random 0 … 1
 */
export function retryDelay(attempts: number, retryAfterMs = 0, random = Math.random()): number {
  return retryAfterMs + random * Math.min(MAX_BACKOFF_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
}
