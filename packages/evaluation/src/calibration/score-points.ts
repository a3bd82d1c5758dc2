import type { LabelledScore } from "./labelled-score.js";

/** The labels at one score. */
export interface ScorePoint {
  readonly score: number;
  /** Number of labels, and of relevant ones among them. */
  count: number;
  relevant: number;
}

/** Scores closer than this are equal, as in scikit-learn: the resolution of float64. */
const RESOLUTION = 1e-15;

/** The labels by score, ascending. */
export function scorePoints(labelled: readonly LabelledScore[]): ScorePoint[] {
  // Typed arrays sort many times as fast as objects by a function.
  const scoresOf = (relevant: boolean) =>
    Float64Array.from(
      labelled.filter((item) => item.relevant === relevant),
      ({ score }) => score,
    ).sort();
  const [positives, negatives] = [scoresOf(true), scoresOf(false)];
  const points: ScorePoint[] = [];
  for (let i = 0, j = 0; i < positives.length || j < negatives.length; ) {
    const relevant = j === negatives.length || (i < positives.length && positives[i]! < negatives[j]!);
    const score = relevant ? positives[i++]! : negatives[j++]!;
    let point = points.at(-1);
    if (point === undefined || score - point.score >= RESOLUTION) {
      point = { score, count: 0, relevant: 0 };
      points.push(point);
    }
    point.count++;
    if (relevant) point.relevant++;
  }
  return points;
}
