import { setMaxListeners } from "node:events";
import { onAbort, raceWithSignal } from "@secondpass/core";

/**
 * Runs a task that must end within `timeoutMs` and by the time `signal` is aborted. Rejects at that very moment, also if
 * the task does not listen to the signal it is given.
 *
 * @param onTimeout makes the error of a missed deadline
 */
export async function withDeadline<Result>(
  signal: AbortSignal,
  timeoutMs: number,
  onTimeout: () => Error,
  task: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  // The SDK adds some for every attempt; Node would warn of a leak from eleven on.
  setMaxListeners(0, controller.signal);
  const undo = onAbort(signal, () => controller.abort(signal.reason));
  const timer = setTimeout(() => controller.abort(onTimeout()), timeoutMs);
  try {
    controller.signal.throwIfAborted();
    return await raceWithSignal(task(controller.signal), controller.signal);
  } finally {
    clearTimeout(timer);
    undo();
  }
}
