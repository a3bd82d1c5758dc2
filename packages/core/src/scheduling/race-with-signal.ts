import { onAbort } from "./on-abort.js";

/**
 * Waits for a promise, or throws the signal's reason if the signal aborts first. The work behind the promise continues; its later
 * rejection is ignored.
 */
export function raceWithSignal<T>(promise: PromiseLike<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return Promise.resolve(promise);
  return new Promise<T>((resolve, reject) => {
    const undo = onAbort(signal, () => reject(signal.reason));
    Promise.resolve(promise).then(resolve, reject).finally(undo);
  });
}
