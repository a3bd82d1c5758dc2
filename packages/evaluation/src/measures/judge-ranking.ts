import type { JudgedRanking } from "./judged-ranking.js";

/** Judges a ranking: finds the grades of its documents. */
export function judgeRanking(
  ids: readonly string[],
  grades: ReadonlyMap<string, number>,
  relevanceLevel: number,
): JudgedRanking {
  const judged = [...grades.values()];
  return {
    grades: ids.map((id) => grades.get(id) ?? 0),
    ideal: judged.filter((grade) => grade > 0).sort((a, b) => b - a),
    relevantCount: judged.filter((grade) => grade >= relevanceLevel).length,
    relevanceLevel,
  };
}
