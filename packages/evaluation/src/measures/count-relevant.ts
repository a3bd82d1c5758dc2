import type { JudgedRanking } from "./judged-ranking.js";

/** How many of the best `depth` documents are relevant. */
export function countRelevant({ grades, relevanceLevel }: JudgedRanking, depth: number): number {
  let count = 0;
  const end = Math.min(depth, grades.length);
  for (let i = 0; i < end; i++) if (grades[i]! >= relevanceLevel) count++;
  return count;
}
