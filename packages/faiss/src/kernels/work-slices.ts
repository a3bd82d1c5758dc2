/** How long work may hold the event loop before it lets others in; issue and design ask for "a few milliseconds". */
const SLICE_MS = 4;

/** One clock for all work, so that phases shorter than a slice cannot chain into a long hold. */
let sliceStart = 0;
let lastAsked = 0;

/**
 * Cuts long work into slices: ask between steps whether the slice is over. `pause` gives the event loop a turn, and
 * rejects with the signal's reason when aborted; asking costs next to nothing.
 *
 * @example
 * const breathe = workSlices(signal);
 * for (const step of steps) { step(); if (breathe.due()) await breathe.pause(); }
 */
export function workSlices(signal?: AbortSignal): WorkSlices {
  signal?.throwIfAborted();
  // Work that begins where other work has just been asked goes on with its slice.
  if (performance.now() - lastAsked > SLICE_MS) sliceStart = lastAsked = performance.now();
  return {
    due: () => {
      lastAsked = performance.now();
      return lastAsked - sliceStart >= SLICE_MS;
    },
    pause: async ({ ignoreSignal = false } = {}) => {
      await nextTurn();
      sliceStart = lastAsked = performance.now();
      if (!ignoreSignal) signal?.throwIfAborted();
    },
  };
}

export interface WorkSlices {
  /** Whether the slice is over. */
  due(): boolean;
  /** Lets the event loop run once. @throws the signal's reason when it was aborted, unless `ignoreSignal` */
  pause(options?: { readonly ignoreSignal?: boolean }): Promise<void>;
}

/** A MessagePort as browsers have it; Node's type knows events only. */
interface BrowserPort {
  onmessage: () => void;
  postMessage(message: unknown): void;
  close(): void;
}

/** One full turn of the event loop, so that timers and input run too. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else if (typeof MessageChannel === "function") {
      // Browsers make a timer that follows a timer wait for 4 ms, a message not.
      const { port1, port2 } = new MessageChannel() as unknown as Record<"port1" | "port2", BrowserPort>;
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    } else setTimeout(resolve, 0);
  });
}
