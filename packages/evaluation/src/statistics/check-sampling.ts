import { checkCallOptions, checkPositiveInteger, InvalidOptionError } from "@secondpass/core";

/** Settings of all random procedures of this package. */
export interface SamplingOptions {
  /** Random samples drawn. Minimum 1. @default 10000 */
  readonly samples?: number;
  /** The same seed gives the same result on every machine. An integer from 0. @default 0 */
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/** @throws {InvalidOptionError} {@link UnknownOptionError} */
export function checkSampling(
  options: SamplingOptions,
  owner: string,
  more: readonly string[] = [],
): { readonly samples: number; readonly seed: number } {
  checkCallOptions(options, owner, ["samples", "seed", "signal", ...more]);
  const { samples = 10_000, seed = 0 } = options;
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new InvalidOptionError("seed", "an integer from 0", seed);
  return { samples: checkPositiveInteger("samples", samples), seed };
}

/** @throws {InvalidOptionError} if the share is not between 0 and 1 */
export function checkConfidence(confidence = 0.95): number {
  if (!(typeof confidence === "number" && confidence > 0 && confidence < 1)) {
    throw new InvalidOptionError("confidence", "a number between 0 and 1, such as 0.95", confidence);
  }
  return confidence;
}
