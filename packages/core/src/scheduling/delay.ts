import { onAbort } from "./on-abort.js";

/**
 * Waits.
 * @param ms milliseconds
 * @throws the signal's reason as soon as it is aborted
 */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      undo();
      resolve();
    }, ms);
    const undo = onAbort(signal, () => {
      clearTimeout(timer);
      reject(signal?.reason);
    });
  });
}
