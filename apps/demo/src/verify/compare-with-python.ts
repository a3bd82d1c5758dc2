import type { CheckList } from "./check-list.js";
import type { Reference } from "./python-reference.js";

/** Largest difference of a score (0 to 1) from PyTorch's: float32 sums in another order. Seen on other models: 2e-6. */
const SAME_SCORE = 1e-4;
/** Smallest cosine of a vector with PyTorch's. Seen on other models: 0.99998. */
const SAME_DIRECTION = 0.9999;

/** Our numbers for the same question and texts, in the same order. */
export interface OwnNumbers {
  readonly scores: readonly number[];
  readonly vectors: readonly (readonly number[])[];
}

/** Checks scores and vectors against sentence-transformers'. */
export function compareWithPython(own: OwnNumbers, reference: Reference, checks: CheckList): void {
  const differences = own.scores.map((score, i) => Math.abs(score - (reference.scores[i] ?? Number.NaN)));
  const cosines = own.vectors.map((vector, i) => cosine(vector, reference.vectors[i] ?? []));
  const worstScore = Math.max(...differences);
  const worstCosine = Math.min(...cosines);
  const name = `sentence-transformers ${reference.version}`;
  checks.expect(
    `scores of ${name}`,
    worstScore <= SAME_SCORE,
    `${differences.length} pairs, largest difference ${worstScore.toExponential(1)} (at most ${SAME_SCORE})`,
  );
  checks.expect(
    `vectors of ${name}`,
    worstCosine >= SAME_DIRECTION,
    `${cosines.length} texts, smallest cosine ${worstCosine.toFixed(6)} (at least ${SAME_DIRECTION})`,
  );
}

/** Returns the cosine of two vectors; NaN if the lengths differ. */
function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? Number.NaN), 0);
  return a.length === b.length ? dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)) : Number.NaN;
}
