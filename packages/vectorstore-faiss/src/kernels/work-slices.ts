/** How long work may hold the event loop before it lets others in; issue and design ask for "a few milliseconds". */
const SLICE_MS = 4;

/**
 * Cuts long work into slices: call the returned function between steps. It gives the event loop a turn once a slice
 * has lasted long enough, and costs next to nothing otherwise. Rejects with the signal's reason when aborted.
 *
 * @example
 * const breathe = workSlices(signal);
 * for (const step of steps) { step(); if (breathe.due()) await breathe.pause(); }
 */
export function workSlices(signal?: AbortSignal): WorkSlices {
  signal?.throwIfAborted();
  let start = performance.now();
  return {
    due: () => performance.now() - start >= SLICE_MS,
    pause: async ({ ignoreSignal = false } = {}) => {
      await nextTurn();
      if (!ignoreSignal) signal?.throwIfAborted();
      start = performance.now();
    },
  };
}

export interface WorkSlices {
  /** Whether the slice is over. */
  due(): boolean;
  /** Lets the event loop run once. @throws the signal's reason when it was aborted, unless `ignoreSignal` */
  pause(options?: { readonly ignoreSignal?: boolean }): Promise<void>;
}

/** One full turn of the event loop, so that timers and input run too. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
