/** Words that a worker shares with its opener, by position. The worker's source has the same. */
const ENDING = 0;
const COMPUTING = 1;

/** Longest that the end of the process is put off for one forward pass or one loading, in milliseconds. */
const LONGEST_WAIT_MS = 10_000;

const living = new Set<WorkerState>();

/**
 * What a worker and its opener tell each other without messages. A thread that is stopped inside of onnxruntime may take the process
 * down with it, so nothing stops a thread there: not {@link WorkerConnection.end}, and not the end of the process.
 */
export class WorkerState {
  /** [2]: 1 when the worker should look at no more questions; 1 while it works on one. */
  readonly words = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));

  constructor() {
    if (living.size === 0) process.once("exit", waitForAll);
    living.add(this);
  }

  /** What the worker has not begun, it leaves. */
  endSoon(): void {
    Atomics.store(this.words, ENDING, 1);
  }

  /** The worker is gone. */
  forget(): void {
    living.delete(this);
    if (living.size === 0) process.off("exit", waitForAll);
  }

  /** Blocks until the worker works on nothing. */
  waitUntilIdle(): void {
    Atomics.wait(this.words, COMPUTING, 1, LONGEST_WAIT_MS);
  }
}

function waitForAll(): void {
  for (const state of living) state.endSoon();
  for (const state of living) state.waitUntilIdle();
}
