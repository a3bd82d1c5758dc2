import type { JudgedRanking } from "./judged-ranking.js";

/** Mean, over all relevant documents, of the precision at their ranks; 0 for those that are not among the best `depth`. */
export function averagePrecision(
  { grades, relevantCount, relevanceLevel }: JudgedRanking,
  depth: number,
): number {
  if (relevantCount === 0) return 0;
  let found = 0;
  let sum = 0;
  const end = Math.min(depth, grades.length);
  for (let i = 0; i < end; i++) if (grades[i]! >= relevanceLevel) sum += ++found / (i + 1);
  return sum / relevantCount;
}
