import { checkPositiveInteger } from "@secondpass/core";
import type { Endpoint } from "./endpoint.js";

/** Limits of the requests that pairs are split into; each class states its defaults. */
export interface BatchOptions {
  readonly maxConcurrency?: number;
  readonly maxPairsPerRequest?: number;
  readonly maxBytesPerRequest?: number;
  readonly timeoutMs?: number;
}

/** @throws {InvalidOptionError} if one is not a positive integer */
export function readBatchOptions(
  options: BatchOptions,
  defaults: Required<BatchOptions>,
): Pick<Endpoint, "limits" | "maxConcurrency" | "timeoutMs"> {
  const read = (option: keyof BatchOptions) =>
    checkPositiveInteger(option, options[option] ?? defaults[option]);
  return {
    limits: { maxPairs: read("maxPairsPerRequest"), maxBytes: read("maxBytesPerRequest") },
    maxConcurrency: read("maxConcurrency"),
    timeoutMs: read("timeoutMs"),
  };
}
