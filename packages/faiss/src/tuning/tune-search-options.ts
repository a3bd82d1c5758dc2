import {
  checkCallOptions,
  checkCount,
  checkFunction,
  checkOptionValues,
  checkPositiveInteger,
  InvalidOptionError,
  type OptionCheck,
} from "@secondpass/core";
import { checkInteger } from "../checks/check-integer.js";

/** What is measured of a search, and how. */
export interface TuneSearchOptions {
  /** Share of the true k nearest that a search is to find, on average. Above 0, up to 1. @default 0.95 */
  readonly recall?: number;
  /** Neighbours of a search. @default 10 */
  readonly k?: number;
  /** Real queries, row after row; the best to measure with. @default some of the vectors, which are left out of what is searched */
  readonly queries?: Float32Array;
  /** Vectors that serve as queries if there are none, at most a tenth of them. @default 100 */
  readonly sample?: number;
  /** Chooses them. @default 1234 */
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/** Names of {@link TuneSearchOptions}. */
export const TUNE_SEARCH_OPTIONS = [
  "recall",
  "k",
  "queries",
  "sample",
  "seed",
  "signal",
] as const satisfies readonly (keyof TuneSearchOptions)[];

const CHECKS: Readonly<Record<string, OptionCheck>> = {
  recall(name, value) {
    if (typeof value === "number" && value > 0 && value <= 1) return;
    throw new InvalidOptionError(name, "a number above 0, up to 1", value);
  },
  k: checkPositiveInteger,
  sample: checkPositiveInteger,
  seed: (name, value) => checkInteger(name, value as number, 0),
  memoryBytes: checkCount,
  onProgress: checkFunction,
};

/** @throws UnknownOptionError, InvalidOptionError, InvalidArgumentError */
export function checkTuneOptions(
  options: TuneSearchOptions | undefined,
  owner: string,
  known: readonly string[] = TUNE_SEARCH_OPTIONS,
): void {
  checkCallOptions(options, owner, known);
  checkOptionValues(options, CHECKS);
}
