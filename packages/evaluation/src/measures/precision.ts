import { countRelevant } from "./count-relevant.js";
import type { JudgedRanking } from "./judged-ranking.js";

/** Share of relevant documents among the best `depth`; places that the ranking leaves empty count as not relevant. */
export function precision(ranking: JudgedRanking, depth: number): number {
  const places = Number.isFinite(depth) ? depth : ranking.grades.length;
  return places === 0 ? 0 : countRelevant(ranking, depth) / places;
}

/** Share of the relevant documents that are among the best `depth`; 0 if the query has none. */
export function recall(ranking: JudgedRanking, depth: number): number {
  return ranking.relevantCount === 0 ? 0 : countRelevant(ranking, depth) / ranking.relevantCount;
}

/** 1 if there is a relevant document among the best `depth`, else 0: trec_eval's success. */
export function hitRate(ranking: JudgedRanking, depth: number): number {
  return countRelevant(ranking, depth) > 0 ? 1 : 0;
}
