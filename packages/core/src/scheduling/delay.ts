import { checkNumber } from "../options/check-number.js";
import { checkSignal } from "../options/check-signal.js";
import { onAbort } from "./on-abort.js";

/**
 * Waits.
 * @param ms milliseconds
 * @throws {InvalidOptionError} if `ms` is not a finite number
 * @throws the signal's reason as soon as it is aborted
 */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    checkNumber("ms", ms);
    checkSignal(signal);
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
