import { seededRandom } from "../../kernels/seeded-random.js";

/** Lowest probability of a level: faiss omits levels that less than one node in a billion would reach. */
const MIN_PROBABILITY = 1e-9;

/** Link slots and probabilities of each level. */
export interface HnswLevels {
  /** Probability of each level: one M-th of a level's nodes reach the next. */
  readonly probabilities: Float64Array;
  /** faiss's cum_nneighbor_per_level: 2·m slots on level 0, m on each above, summed from 0. */
  readonly slots: Int32Array;
}

/** faiss's defaults for `m` links a node. */
export function hnswLevels(m: number): HnswLevels {
  const multiplier = 1 / Math.log(m);
  const probabilities: number[] = [];
  const slots = [0];
  for (let level = 0; ; level++) {
    const probability = Math.exp(-level / multiplier) * (1 - Math.exp(-1 / multiplier));
    if (probability < MIN_PROBABILITY) break;
    probabilities.push(probability);
    slots.push(slots[level]! + (level === 0 ? 2 * m : m));
  }
  return { probabilities: Float64Array.from(probabilities), slots: Int32Array.from(slots) };
}

/** Draws the highest level of nodes first…first+count-1; a node's level depends only on its number. */
export function drawLevels({ probabilities }: HnswLevels, first: number, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => {
    let left = seededRandom(0x9e3779b9 ^ (first + i))();
    for (let level = 0; level < probabilities.length; level++) {
      if (left < probabilities[level]!) return level;
      left -= probabilities[level]!;
    }
    return Math.max(0, probabilities.length - 1);
  });
}
