import { setImmediate as nextTurn } from "node:timers/promises";

/** How long the event loop may be held, in milliseconds. */
const SLICE_MS = 4;

/** Looking at the clock costs as much as a few cheap steps. */
const STEPS_PER_LOOK = 64;

/** Lets other work of the process go on during a long computation: `if (slice.over()) await slice.rest()`. */
export class TimeSlice {
  #began = performance.now();
  #steps = 0;

  /** @param everyStep look at the clock at every step, for steps that may be slow */
  constructor(private readonly everyStep = false) {}

  over(): boolean {
    if (!this.everyStep && ++this.#steps % STEPS_PER_LOOK !== 0) return false;
    return performance.now() - this.#began > SLICE_MS;
  }

  async rest(): Promise<void> {
    await nextTurn();
    this.#began = performance.now();
  }
}
