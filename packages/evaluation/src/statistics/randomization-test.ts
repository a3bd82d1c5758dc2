import { type WorkSlices, workSlices } from "@secondpass/core";
import { checkSampling, type SamplingOptions } from "./check-sampling.js";
import { differencesOf } from "./differences-of.js";
import { seededRandom } from "./seeded-random.js";

/** Up to this many differing queries, all 2^n signs are counted: at most a million. */
const EXACT = 20;

/** Sums that differ by less than this share of the sum of all magnitudes are equal: float64 adds them in different orders. */
const SAME = 1e-12;

/** Result of {@link randomizationTest}. */
export interface RandomizationResult {
  /** Mean of `a[i] - b[i]`. */
  readonly difference: number;
  /** How often chance alone gives a difference at least this large, in either direction. */
  readonly pValue: number;
  /** Whether all signs were counted; otherwise `pValue` comes from random samples. */
  readonly exact: boolean;
}

/**
 * Fisher's paired randomization test, two-sided: if two systems are equally good, each query's difference could as well have the other
 * sign. Exact if at most 20 queries differ; otherwise from random signs, as `(1 + extreme) / (1 + samples)`.
 *
 * @param a one value a query
 * @param b values of the other system for the same queries in the same order
 * @throws {InvalidOptionError} {@link UnknownOptionError}
 * @throws the signal's reason if it is aborted
 *
 * Source: Smucker, Allan and Carterette, "A comparison of statistical significance tests for information retrieval evaluation" (2007)
 */
export async function randomizationTest(
  a: readonly number[],
  b: readonly number[],
  options: SamplingOptions = {},
): Promise<RandomizationResult> {
  const { samples, seed } = checkSampling(options, "randomizationTest");
  const all = differencesOf(a, b);
  // Equal queries change no sum.
  const differing = all.filter((difference) => difference !== 0);
  const observed = differing.reduce((sum, value) => sum + value, 0);
  const least = Math.abs(observed) - SAME * differing.reduce((sum, value) => sum + Math.abs(value), 0);
  const difference = all.length === 0 ? 0 : observed / all.length;
  const slices = workSlices(options.signal);
  if (differing.length <= EXACT) {
    const extreme = await countAll(differing, least, slices);
    return { difference, pValue: extreme / 2 ** differing.length, exact: true };
  }
  const extreme = await countSampled(differing, least, samples, seededRandom(seed), slices);
  return { difference, pValue: (1 + extreme) / (1 + samples), exact: false };
}

/** How many of all assignments of signs give a sum of at least `least`. */
async function countAll(values: Float64Array, least: number, slices: WorkSlices): Promise<number> {
  const half = values.length >> 1;
  const left = signedSums(values.subarray(0, half));
  const right = signedSums(values.subarray(half));
  let extreme = 0;
  for (const first of left) {
    for (const second of right) if (Math.abs(first + second) >= least) extreme++;
    if (slices.due()) await slices.pause();
  }
  return extreme;
}

/** The sums of all 2^n assignments of signs. */
function signedSums(values: Float64Array): Float64Array {
  let sums = Float64Array.of(0);
  for (const value of values) {
    const next = new Float64Array(sums.length * 2);
    for (const [i, sum] of sums.entries()) {
      next[2 * i] = sum + value;
      next[2 * i + 1] = sum - value;
    }
    sums = next;
  }
  return sums;
}

async function countSampled(
  values: Float64Array,
  least: number,
  samples: number,
  random: () => number,
  slices: WorkSlices,
): Promise<number> {
  let extreme = 0;
  for (let sample = 0, steps = 0; sample < samples; sample++) {
    let sum = 0;
    let signs = 0;
    for (let i = 0; i < values.length; i++) {
      // One random number has the signs of 32 queries.
      signs = i % 32 === 0 ? (random() * 2 ** 32) | 0 : signs >> 1;
      sum += (signs & 1) === 0 ? values[i]! : -values[i]!;
      if (++steps % 4_096 === 0 && slices.due()) await slices.pause();
    }
    if (Math.abs(sum) >= least) extreme++;
  }
  return extreme;
}
