import { setImmediate as nextTurn } from "node:timers/promises";

/** Longest stretch of work on the calling thread before the event loop's other work gets its turn, in milliseconds. */
const SLICE_MS = 4;

/** Cuts long work on the calling thread into slices: `if (slice.over) await slice.next();` between its pieces. */
export class TimeSlice {
  #start = performance.now();

  get over(): boolean {
    return performance.now() - this.#start > SLICE_MS;
  }

  /** Lets the event loop turn once. */
  async next(): Promise<void> {
    await nextTurn();
    this.#start = performance.now();
  }
}
