/** Indices of the scores, best first; equal scores keep their order and NaN comes last. */
export function orderByScore(scores: ArrayLike<number>): number[] {
  const key = (index: number) => {
    const score = scores[index] as number;
    return Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score;
  };
  return Array.from(scores, (_, index) => index).sort((a, b) => (key(a) === key(b) ? 0 : key(b) - key(a)));
}
