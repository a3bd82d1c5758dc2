import { checkNumbers } from "../statistics/check-numbers.js";

/**
 * Area under the ROC curve: how often a score of the first list is above one of the second, ties counting half. 0.5 is chance.
 * @returns `NaN` if a list is empty
 * @throws {InvalidOptionError} if one is not a list of finite numbers
 */
export function areaUnderCurve(positives: readonly number[], negatives: readonly number[]): number {
  checkNumbers("positives", positives);
  checkNumbers("negatives", negatives);
  const scores = [
    ...positives.map((score) => ({ score, positive: true })),
    ...negatives.map((score) => ({ score, positive: false })),
  ].sort((a, b) => a.score - b.score);
  let [area, below] = [0, 0];
  for (let start = 0, end = 0; start < scores.length; start = end) {
    let [tiedPositives, tiedNegatives] = [0, 0];
    for (; end < scores.length && scores[end]!.score === scores[start]!.score; end++) {
      if (scores[end]!.positive) tiedPositives++;
      else tiedNegatives++;
    }
    area += tiedPositives * (below + tiedNegatives / 2);
    below += tiedNegatives;
  }
  return area / (positives.length * negatives.length);
}
