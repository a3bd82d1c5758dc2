import { onAbort, raceWithSignal } from "@secondpass/core";

/** Longest time that a timer can wait, in ms; a longer one would end immediately. */
const MAX_TIMER_MS = 2 ** 31 - 1;

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
  const undo = onAbort(signal, () => controller.abort(signal.reason));
  const timer = setTimeout(() => controller.abort(onTimeout()), Math.min(timeoutMs, MAX_TIMER_MS));
  try {
    controller.signal.throwIfAborted();
    return await raceWithSignal(task(controller.signal), controller.signal);
  } finally {
    clearTimeout(timer);
    undo();
  }
}
