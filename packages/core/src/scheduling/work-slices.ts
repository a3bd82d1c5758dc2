import { checkKnownOptions } from "../options/check-known-options.js";
import { checkPositiveInteger } from "../options/check-positive-integer.js";
import { checkSignal } from "../options/check-signal.js";
import { nextTurn } from "./next-turn.js";

/** How long work may hold the event loop, in milliseconds; the design allows a few. */
const SLICE_MS = 4;

/** One clock for all work, so that phases shorter than a slice do not add up to a long hold. */
let sliceStart = 0;
let lastCheck = 0;

/** Options of {@link workSlices}. */
export interface WorkSliceOptions {
  /**
   * Calls of `due` per check of the clock, for steps so short that a check (some 30 ns) would cost as much as the step.
   * Minimum 1. @default 1
   */
  readonly stepsPerCheck?: number;
}

/** Time slices of long work: see {@link workSlices}. */
export interface WorkSlices {
  /** Whether the slice is over. */
  due(): boolean;
  /** Lets the event loop turn once and begins the next slice. @throws the signal's reason if it is aborted, unless `ignoreSignal` */
  pause(options?: { readonly ignoreSignal?: boolean }): Promise<void>;
}

/**
 * Splits long work on the calling thread into slices of a few milliseconds. Between steps, call `due`; if the slice is over, call
 * `pause`.
 *
 * @throws {InvalidOptionError} {@link UnknownOptionError}
 * @throws the signal's reason if it is aborted already
 *
 * @example
 * const slices = workSlices(signal);
 * for (const step of steps) {
 *   step();
 *   if (slices.due()) await slices.pause();
 * }
 */
export function workSlices(signal?: AbortSignal, options?: WorkSliceOptions): WorkSlices {
  checkSignal(signal);
  checkKnownOptions(options, ["stepsPerCheck"], "workSlices");
  const { stepsPerCheck = 1 } = options ?? {};
  checkPositiveInteger("stepsPerCheck", stepsPerCheck);
  signal?.throwIfAborted();
  // Work that begins right after the last check of other work continues that slice.
  if (performance.now() - lastCheck > SLICE_MS) sliceStart = lastCheck = performance.now();
  let steps = 0;
  return {
    due: () => {
      if (++steps < stepsPerCheck) return false;
      steps = 0;
      lastCheck = performance.now();
      return lastCheck - sliceStart >= SLICE_MS;
    },
    pause: async ({ ignoreSignal = false } = {}) => {
      await nextTurn();
      sliceStart = lastCheck = performance.now();
      if (!ignoreSignal) signal?.throwIfAborted();
    },
  };
}
