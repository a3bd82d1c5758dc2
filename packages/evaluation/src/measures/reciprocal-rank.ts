import type { JudgedRanking } from "./judged-ranking.js";

/** 1 divided by the rank of the first relevant document, from 1; 0 if it is not among the best `depth`. */
export function reciprocalRank({ grades, relevanceLevel }: JudgedRanking, depth: number): number {
  const first = grades.findIndex((grade) => grade >= relevanceLevel);
  return first === -1 || first >= depth ? 0 : 1 / (first + 1);
}
