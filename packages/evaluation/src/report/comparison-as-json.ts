import type { RankingComparison } from "../comparison/ranking-comparison.js";

/** A comparison as JSON, with all questions, ranks, values and excerpts. */
export function comparisonAsJson(comparison: RankingComparison): string {
  return `${JSON.stringify(comparison, undefined, 2)}\n`;
}
