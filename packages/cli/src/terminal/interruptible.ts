import type { World } from "../contract/world.js";
import { InterruptedError } from "../errors/interrupted-error.js";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
/** Exit codes of programs that a signal ended: 128 and its number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs work that Ctrl-C ends cleanly: its signal aborts with an {@link InterruptedError}. A second Ctrl-C ends the process immediately.
 */
export async function interruptible<T>(
  { signal }: Pick<World, "signal">,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal !== undefined) return withReason(signal, work);
  const controller = new AbortController();
  const listeners = SIGNALS.map((name) => {
    const listener = () => {
      if (controller.signal.aborted) process.exit(EXIT_CODES[name]);
      controller.abort(new InterruptedError(EXIT_CODES[name]));
    };
    process.on(name, listener);
    return [name, listener] as const;
  });
  try {
    return await withReason(controller.signal, work);
  } finally {
    for (const [name, listener] of listeners) process.off(name, listener);
  }
}

/** Runs the work. After an abort, throws its reason instead of any result or error. */
async function withReason<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await work(signal);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}
