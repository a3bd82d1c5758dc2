import { checkCallOptions, checkFunction, checkOptionValues, type OptionCheck } from "@secondpass/core";
import type { SearchOptions, WorkOptions } from "../contract/vector-index.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import { checkInteger } from "./check-integer.js";

const WORK_OPTIONS = ["signal", "onProgress"] as const satisfies readonly (keyof WorkOptions)[];

const SEARCH_OPTIONS = [
  "filter",
  "signal",
  "efSearch",
  "nprobe",
] as const satisfies readonly (keyof SearchOptions)[];

const atLeast =
  (minimum: number): OptionCheck =>
  (name, value) =>
    checkInteger(name, value as number, minimum);

const CHECKS: Readonly<Record<string, OptionCheck>> = {
  onProgress: checkFunction,
  efSearch: atLeast(1),
  nprobe: atLeast(1),
  iterations: atLeast(0),
  seed: atLeast(0),
  filter(name, value) {
    if (typeof value === "function" || value instanceof Uint8Array) return;
    throw new InvalidArgumentError(name, "a bitmap (Uint8Array) or a function", value);
  },
};

/** Checks options of long work. @throws UnknownOptionError, InvalidOptionError, InvalidArgumentError */
export function checkWorkOptions(
  options: WorkOptions | undefined,
  owner: string,
  known: readonly string[] = WORK_OPTIONS,
): void {
  checkCallOptions(options, owner, known);
  checkOptionValues(options, CHECKS);
}

/** Checks options of a search. @throws UnknownOptionError, InvalidOptionError, InvalidArgumentError */
export function checkSearchOptions(options: SearchOptions | undefined): void {
  checkCallOptions(options, "search", SEARCH_OPTIONS);
  checkOptionValues(options, CHECKS);
}

/** Checks options of training. @throws UnknownOptionError, InvalidOptionError, InvalidArgumentError */
export function checkKMeansOptions(options: WorkOptions | undefined): void {
  checkWorkOptions(options, "train", [...WORK_OPTIONS, "iterations", "seed"]);
}
