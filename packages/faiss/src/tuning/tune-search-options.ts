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

/** Options for measuring searches. */
export interface TuneSearchOptions {
  /** Share of the true k nearest that a search must find on average. Above 0, up to 1. @default 0.95 */
  readonly recall?: number;
  /** Neighbours of a search. @default 10 */
  readonly k?: number;
  /** Real queries, row after row, which measure best. @default some of the vectors, which are then not searched */
  readonly queries?: Float32Array;
  /** Number of vectors used as queries if `queries` is not given, at most a tenth of them. @default 100 */
  readonly sample?: number;
  /** Seed for choosing these vectors. @default 1234 */
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
