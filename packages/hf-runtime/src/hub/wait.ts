import { setTimeout as delay } from "node:timers/promises";

/**
 * Waits without keeping the process alive for it longer than the caller does.
 * @throws the signal's reason when it aborts
 */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted(); // The signal's own reason, not Node's AbortError around it.
    throw error;
  }
}
