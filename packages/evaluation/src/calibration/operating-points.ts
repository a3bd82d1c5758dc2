import type { ScorePoint } from "./score-points.js";

/** Precision and recall of a threshold on the labelled passages. */
export interface OperatingPoint {
  /** Lowest score that passes, on the model's own scale. */
  readonly score: number;
  /** Share of relevant passages among those that pass. */
  readonly precision: number;
  /** Share of the relevant passages that pass. */
  readonly recall: number;
  /** Harmonic mean of the two. */
  readonly f1: number;
}

/** How many labelled passages have at least a score, and how many of them are relevant. */
export interface ScoreCounts {
  /** Distinct scores, descending. */
  readonly scores: readonly number[];
  /** Passages with at least that score. */
  readonly passed: readonly number[];
  /** Relevant ones among them. */
  readonly relevant: readonly number[];
}

/** Maximum number of thresholds kept. */
const MAX_POINTS = 10_000;

/** Counts at each distinct score; at every second, third… of them if there are very many. */
export function countScores(points: readonly ScorePoint[]): ScoreCounts {
  const scores: number[] = [];
  const passed: number[] = [];
  const relevant: number[] = [];
  let [all, good] = [0, 0];
  for (const point of [...points].reverse()) {
    all += point.count;
    good += point.relevant;
    scores.push(point.score);
    passed.push(all);
    relevant.push(good);
  }
  const step = Math.ceil(scores.length / MAX_POINTS);
  const thinned = (values: readonly number[]) =>
    values.filter((_, i) => i % step === 0 || i === values.length - 1);
  return { scores: thinned(scores), passed: thinned(passed), relevant: thinned(relevant) };
}

/** All distinct thresholds, the strictest first. */
export function operatingPoints({ scores, passed, relevant }: ScoreCounts): OperatingPoint[] {
  const total = relevant.at(-1) ?? 0;
  return scores.map((score, i) => ({
    score,
    precision: relevant[i]! / passed[i]!,
    recall: relevant[i]! / total,
    f1: (2 * relevant[i]!) / (passed[i]! + total),
  }));
}
