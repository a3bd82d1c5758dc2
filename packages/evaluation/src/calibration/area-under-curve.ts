import { checkNumber } from "@secondpass/core";

/**
 * Area under the ROC curve: how often a score of the first list is above one of the second, ties counting half. 0.5 is chance.
 * @returns `NaN` if a list is empty
 * @throws {InvalidOptionError} if a score is not a finite number
 */
export function areaUnderCurve(positives: readonly number[], negatives: readonly number[]): number {
  const scores = [
    ...positives.map((score, i) => ({ score: checkNumber(`positives[${i}]`, score), positive: true })),
    ...negatives.map((score, i) => ({ score: checkNumber(`negatives[${i}]`, score), positive: false })),
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
