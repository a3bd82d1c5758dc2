import { onAbort } from "./on-abort.js";

/**
 * A promise's outcome, or the signal's reason if that comes first. What the promise stands for goes on; its later rejection is
 * handled.
 */
export function raceWithSignal<T>(promise: PromiseLike<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return Promise.resolve(promise);
  return new Promise<T>((resolve, reject) => {
    const undo = onAbort(signal, () => reject(signal.reason));
    Promise.resolve(promise).then(resolve, reject).finally(undo);
  });
}
