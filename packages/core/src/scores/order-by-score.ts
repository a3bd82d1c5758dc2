import { InvalidOptionError } from "../errors/invalid-option-error.js";
import { checkCount } from "../options/check-count.js";

/**
 * Sorts scores and returns their indices, best first: [n] → [min(n, topN)]. Equal scores keep their order; NaN comes last.
 *
 * @param scores higher is better
 * @param topN how many indices to return. Minimum 1. @default all
 * @throws {InvalidOptionError} if `scores` is not a list, or `topN` is not a positive integer or Infinity
 *
 * @example
 * orderByScore([0.1, 0.9, Number.NaN, 0.5], 2); // [1, 3]
 */
export function orderByScore(scores: ArrayLike<number>, topN: number = Number.POSITIVE_INFINITY): number[] {
  if (typeof scores !== "object" || typeof scores?.length !== "number")
    throw new InvalidOptionError("scores", "a list of numbers", scores);
  checkCount("topN", topN);
  const key = (index: number) => {
    const score = scores[index] as number;
    return Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score;
  };
  const indices = Array.from(scores, (score, index) => {
    if (typeof score !== "number") throw new InvalidOptionError(`scores[${index}]`, "a number", score);
    return index;
  });
  return indices.sort((a, b) => (key(a) === key(b) ? 0 : key(b) - key(a))).slice(0, topN);
}
