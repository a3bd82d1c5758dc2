import { mainRealm } from "./main-realm.js";

/** Positions of the words that a worker shares with its opener. The worker's source has the same constants. */
const ENDING = 0;
const COMPUTING = 1;
const CANCELLED = 2;
/** More than the requests that ever wait for one worker. If a mark is overwritten, the worker only runs a cancelled pass. */
const CANCELLED_WORDS = 64;

/**
 * Longest time that the end of the process is delayed for a forward pass or for loading, in milliseconds. In any case Node waits for a
 * thread in native code, and aborts the process when that code returns.
 */
const LONGEST_WAIT_MS = 60_000;

const living = new Set<WorkerState>();

/**
 * State that a worker and its opener share without messages. Stopping a thread inside onnxruntime may crash the process, so nothing stops a
 * thread there: neither {@link WorkerConnection.end} nor the end of the process.
 */
export class WorkerState {
  /**
   * Int32 [2 + 64]. Word 0 is 1 if the worker should begin no more requests. Word 1 is 1 while it works on one. Each of the others is 1 + the
   * number of a request that was cancelled, at 2 + that number modulo 64.
   */
  readonly words = new Int32Array(
    new SharedArrayBuffer((CANCELLED + CANCELLED_WORDS) * Int32Array.BYTES_PER_ELEMENT),
  );

  constructor() {
    // The real process, not the object that jest gives to tests, which gets no "exit" event.
    if (living.size === 0) mainRealm.process.once("exit", waitForAll);
    living.add(this);
  }

  /** Makes the worker skip all requests that it has not begun. */
  endSoon(): void {
    Atomics.store(this.words, ENDING, 1);
  }

  /** Makes the worker skip one request, if it has not begun it. */
  cancel(id: number): void {
    Atomics.store(this.words, CANCELLED + (id % CANCELLED_WORDS), id + 1);
  }

  /** Called when the worker has ended. */
  forget(): void {
    living.delete(this);
    if (living.size === 0) mainRealm.process.off("exit", waitForAll);
  }

  /** Blocks until the worker is idle. */
  waitUntilIdle(): void {
    Atomics.wait(this.words, COMPUTING, 1, LONGEST_WAIT_MS);
  }
}

function waitForAll(): void {
  for (const state of living) state.endSoon();
  for (const state of living) state.waitUntilIdle();
}
