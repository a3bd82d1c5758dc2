import type { RankingComparison } from "../comparison/ranking-comparison.js";
import { checkComparison } from "./check-comparison.js";
import { comparisonRows, comparisonSentences, rankRows } from "./comparison-rows.js";

/**
 * A comparison as Markdown: the same tables and sentences as `comparisonAsText`. Texts are escaped.
 * @throws {InvalidOptionError} if it is not a comparison
 */
export function comparisonAsMarkdown(comparison: RankingComparison): string {
  checkComparison(comparison);
  return [
    table(comparisonRows(comparison)),
    ...comparisonSentences(comparison).map((sentence) => `- ${escaped(sentence)}`),
    `\nRank of the right passage among the best ${comparison.depth}:\n`,
    table(rankRows(comparison)),
    "",
  ].join("\n");
}

function table([header, ...rows]: readonly string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [
    line(header!),
    `|${header!.map((_, i) => (i === 0 ? "---|" : "---:|")).join("")}`,
    ...rows.map(line),
    "",
  ].join("\n");
}

/** A text as one line without markup. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, "\ufffd")
    .replace(/[\\`*_[\]<>&|~!]/g, "\\$&");
}
