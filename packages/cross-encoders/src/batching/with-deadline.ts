import { onAbort, raceWithSignal } from "@secondpass/core";

/** Longest time that a timer can wait, in ms; a longer one would end immediately. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs a task until `timeoutMs` have passed or `signal` is aborted. Rejects at that moment, even if the task ignores the signal that it
 * receives.
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
