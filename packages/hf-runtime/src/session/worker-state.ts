import { mainRealm } from "./main-realm.js";

/** Words that a worker shares with its opener, by position. The worker's source has the same. */
const ENDING = 0;
const COMPUTING = 1;
const TAKEN_BACK = 2;
/** More than a worker is ever asked ahead. A mark that is overwritten costs one pass that nobody waits for. */
const TAKEN_BACK_WORDS = 64;

/**
 * Longest that the end of the process is put off for one forward pass or one loading, in milliseconds. Node waits for a thread
 * in native code in any case, and aborts the process when that comes back.
 */
const LONGEST_WAIT_MS = 60_000;

const living = new Set<WorkerState>();

/**
 * What a worker and its opener tell each other without messages. A thread that is stopped inside of onnxruntime may take the process
 * down with it, so nothing stops a thread there: not {@link WorkerConnection.end}, and not the end of the process.
 */
export class WorkerState {
  /**
   * Int32 [2 + 64]: 1 when the worker should look at no more questions; 1 while it works on one; 1 + the number of a question that was
   * taken back, at its number modulo 64.
   */
  readonly words = new Int32Array(
    new SharedArrayBuffer((TAKEN_BACK + TAKEN_BACK_WORDS) * Int32Array.BYTES_PER_ELEMENT),
  );

  constructor() {
    // The process itself, and not what jest shows a test as such: nobody tells that one of the end.
    if (living.size === 0) mainRealm.process.once("exit", waitForAll);
    living.add(this);
  }

  /** What the worker has not begun, it leaves. */
  endSoon(): void {
    Atomics.store(this.words, ENDING, 1);
  }

  /** The worker leaves a question that it has not begun. */
  takeBack(id: number): void {
    Atomics.store(this.words, TAKEN_BACK + (id % TAKEN_BACK_WORDS), id + 1);
  }

  /** The worker is gone. */
  forget(): void {
    living.delete(this);
    if (living.size === 0) mainRealm.process.off("exit", waitForAll);
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
