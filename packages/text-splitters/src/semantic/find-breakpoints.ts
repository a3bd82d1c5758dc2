import type { BreakpointThresholdType } from "./breakpoint-defaults.js";
import { gradient } from "./gradient.js";
import { mean } from "./mean.js";
import { percentile } from "./percentile.js";
import { standardDeviation } from "./standard-deviation.js";

/** Settings that choose the breakpoints. */
export interface BreakpointRules {
  readonly type: BreakpointThresholdType;
  readonly amount: number;
  /** Replaces the two others if given. */
  readonly numberOfChunks: number | undefined;
}

/**
 * Finds the sentences after which the text is cut, in ascending order.
 *
 * @param distances between each sentence and the next, at least one; two for "gradient"
 */
export function findBreakpoints(distances: readonly number[], rules: BreakpointRules): number[] {
  const { type, amount, numberOfChunks } = rules;
  if (numberOfChunks !== undefined) {
    return above(distances, percentile(distances, percentOf(numberOfChunks, distances.length)));
  }
  switch (type) {
    case "percentile":
      return above(distances, percentile(distances, amount));
    case "standard_deviation":
      return above(distances, mean(distances) + amount * standardDeviation(distances));
    case "interquartile": {
      const range = percentile(distances, 75) - percentile(distances, 25);
      return above(distances, mean(distances) + amount * range);
    }
    case "gradient": {
      const slopes = gradient(distances);
      return above(slopes, percentile(slopes, amount));
    }
  }
}

function above(values: readonly number[], threshold: number): number[] {
  const indices: number[] = [];
  values.forEach((value, index) => {
    if (value > threshold) indices.push(index);
  });
  return indices;
}

/** The percentile for a number of chunks: 100 for one chunk, down to 0 for a cut at every distance. */
function percentOf(numberOfChunks: number, distanceCount: number): number {
  const count = Math.max(Math.min(numberOfChunks, distanceCount), 1);
  const percent = distanceCount === 1 ? 100 : (100 / (1 - distanceCount)) * (count - distanceCount);
  return Math.min(Math.max(percent, 0), 100);
}
