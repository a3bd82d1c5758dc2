import { workSlices } from "@secondpass/core";
import { checkConfidence, checkSampling, type SamplingOptions } from "./check-sampling.js";
import { differencesOf } from "./differences-of.js";
import { intervalOf } from "./interval-of.js";
import { seededRandom } from "./seeded-random.js";

/** Settings of {@link pairedBootstrap}. */
export interface BootstrapOptions extends SamplingOptions {
  /** Share of the samples inside the interval, between 0 and 1. @default 0.95 */
  readonly confidence?: number;
}

/** A difference with its interval. */
export interface BootstrapInterval {
  /** Mean of `a[i] - b[i]`. */
  readonly difference: number;
  /** Ends of the percentile interval. */
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
}

/**
 * Bootstrap interval of the mean difference of two systems over the same queries: queries are drawn with replacement, both values of a
 * query together. The ends are percentiles of the samples' means.
 *
 * @param a one value a query
 * @param b values of the other system for the same queries in the same order
 * @returns zeros for no queries
 * @throws {InvalidOptionError} {@link UnknownOptionError}
 * @throws the signal's reason if it is aborted
 */
export async function pairedBootstrap(
  a: readonly number[],
  b: readonly number[],
  options: BootstrapOptions = {},
): Promise<BootstrapInterval> {
  const { samples, seed } = checkSampling(options, "pairedBootstrap", ["confidence"]);
  const confidence = checkConfidence(options.confidence);
  const differences = differencesOf(a, b);
  const count = differences.length;
  if (count === 0) return { difference: 0, low: 0, high: 0, confidence };
  const slices = workSlices(options.signal);
  const random = seededRandom(seed);
  const means = new Float64Array(samples);
  for (let sample = 0, steps = 0; sample < samples; sample++) {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      sum += differences[(random() * count) | 0]!;
      if (++steps % 4_096 === 0 && slices.due()) await slices.pause();
    }
    means[sample] = sum / count;
  }
  const difference = differences.reduce((sum, value) => sum + value, 0) / count;
  return { difference, ...intervalOf(means, confidence), confidence };
}
