import type { JudgedRanking } from "./judged-ranking.js";

/**
 * Normalised discounted cumulative gain as trec_eval computes it: the gain of a document is its grade. Grades below 0 gain nothing. 0 for a
 * query without relevant documents.
 * @param depth how many of the best documents count
 */
export function ndcg({ grades, ideal }: JudgedRanking, depth: number): number {
  return normalised(grades, ideal, depth, (grade) => grade);
}

/** nDCG with the gains `2^grade - 1`, as in Burges et al. (2005) and many learning-to-rank papers. */
export function exponentialNdcg({ grades, ideal }: JudgedRanking, depth: number): number {
  // All gains are divided by 2^best, so that grades above 1023 do not overflow; the quotient stays the same.
  const best = ideal[0] ?? 0;
  return normalised(grades, ideal, depth, (grade) => 2 ** (grade - best) - 2 ** -best);
}

type Gain = (grade: number) => number;

function normalised(grades: readonly number[], ideal: readonly number[], depth: number, gain: Gain): number {
  const best = discounted(ideal, depth, gain);
  return best === 0 ? 0 : discounted(grades, depth, gain) / best;
}

function discounted(grades: readonly number[], depth: number, gain: Gain): number {
  let sum = 0;
  const end = Math.min(depth, grades.length);
  for (let i = 0; i < end; i++) if (grades[i]! > 0) sum += gain(grades[i]!) / Math.log2(i + 2);
  return sum;
}
