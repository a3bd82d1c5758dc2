import type { RankingComparison } from "../comparison/ranking-comparison.js";
import { checkComparison } from "./check-comparison.js";

/**
 * A comparison as JSON, with all questions, ranks, values and excerpts.
 * @throws {InvalidOptionError} if it is not a comparison
 */
export function comparisonAsJson(comparison: RankingComparison): string {
  checkComparison(comparison);
  return `${JSON.stringify(comparison, undefined, 2)}\n`;
}
