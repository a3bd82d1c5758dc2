import { workSlices } from "@secondpass/core";
import type { Steps } from "./steps.js";

/**
 * Runs work in slices of a few milliseconds, and lets the event loop run between them.
 * @throws the signal's reason as soon as it is aborted
 */
export async function runInSlices<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  const slices = workSlices(signal);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (slices.due()) await slices.pause();
  }
}
