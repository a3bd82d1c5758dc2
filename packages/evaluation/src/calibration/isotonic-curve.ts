import type { ScoreCurve } from "./score-curve.js";
import type { ScorePoint } from "./score-points.js";

/** A calibration by steps: probabilities at scores, with linear interpolation between two scores. */
export interface IsotonicParameters {
  readonly method: "isotonic";
  /** Scores, ascending. At least one. */
  readonly scores: readonly number[];
  /** Probability at each score, from 0 to 1, never falling. */
  readonly probabilities: readonly number[];
}

interface Block {
  /** Sum of the labels. */
  relevant: number;
  count: number;
  /** First and last of the distinct scores in it. */
  readonly first: number;
  last: number;
}

/**
 * Isotonic regression by pooling adjacent violators: the never-falling probabilities that are nearest to the labels, as scikit-learn's
 * IsotonicRegression finds them.
 * @param points distinct scores, ascending
 */
export function fitIsotonic(points: readonly ScorePoint[]): IsotonicParameters {
  const blocks: Block[] = [];
  for (const [i, { relevant, count }] of points.entries()) {
    let block: Block = { relevant, count, first: i, last: i };
    for (let before = blocks.at(-1); before && isViolated(before, block); before = blocks.at(-1)) {
      block = {
        relevant: before.relevant + block.relevant,
        count: before.count + block.count,
        first: before.first,
        last: block.last,
      };
      blocks.pop();
    }
    blocks.push(block);
  }
  const scores: number[] = [];
  const probabilities: number[] = [];
  // Keep only the ends of a block: between them, the probability is constant.
  for (const { relevant, count, first, last } of blocks) {
    for (const i of first === last ? [first] : [first, last]) {
      scores.push(points[i]!.score);
      probabilities.push(relevant / count);
    }
  }
  return { method: "isotonic", scores, probabilities };
}

/** Whether the mean of the block before is ≥ the mean of this one; equal means are also merged. Exact, since counts are integers. */
function isViolated(before: Block, block: Block): boolean {
  return before.relevant * block.count >= block.relevant * before.count;
}

/** The curve of these parameters. Scores beyond the ends get the probability of the end. */
export function isotonicCurve({ scores, probabilities }: IsotonicParameters): ScoreCurve {
  return {
    probability(score) {
      let [low, high] = [0, scores.length - 1];
      if (!(score > scores[low]!)) return probabilities[low]!;
      if (score >= scores[high]!) return probabilities[high]!;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (scores[middle]! <= score) low = middle;
        else high = middle;
      }
      // Halved, since the difference of two numbers may overflow.
      const share = (score / 2 - scores[low]! / 2) / (scores[high]! / 2 - scores[low]! / 2);
      return probabilities[low]! + share * (probabilities[high]! - probabilities[low]!);
    },
  };
}
