/** The scale that scores are shown on. */
export interface Scale {
  readonly min: number;
  readonly max: number;
}

/** Chooses a scale: 0 to 1 if all scores are in it, as for models with a sigmoid; else the whole numbers around them. */
export function scaleOf(scores: readonly number[]): Scale {
  const finite = scores.filter(Number.isFinite);
  const min = Math.min(0, ...finite);
  const max = Math.max(1, ...finite);
  return { min: Math.floor(min), max: Math.ceil(max) };
}

/** Returns the position of a score on a scale, from 0 to 1. */
export function shareOf(score: number, { min, max }: Scale): number {
  return Math.min(1, Math.max(0, (score - min) / (max - min)));
}

/** Writes a score with enough digits to distinguish scores. */
export function shownScore(score: number): string {
  if (score !== 0 && Math.abs(score) < 0.001) return score.toExponential(1);
  return score.toFixed(Math.abs(score) < 1 ? 3 : 2);
}
