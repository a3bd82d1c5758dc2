import type { RankingComparison } from "../comparison/ranking-comparison.js";
import { checkComparison } from "./check-comparison.js";
import { comparisonRows, comparisonSentences, rankRows } from "./comparison-rows.js";
import { shortened } from "./shortened.js";

/** Questions are cut to this many characters. */
const QUESTION_WIDTH = 60;

/**
 * A comparison as plain text for a terminal: means and latencies, what the differences mean, and the rank of the right passage for each
 * question ("–" if it was not found). Control characters are replaced.
 * @throws {InvalidOptionError} if it is not a comparison
 */
export function comparisonAsText(comparison: RankingComparison): string {
  checkComparison(comparison);
  const ranks = rankRows(comparison).map(([question, ...cells]) => [
    shortened(plain(question!), QUESTION_WIDTH),
    ...cells,
  ]);
  const parts = [
    aligned(comparisonRows(comparison)),
    comparisonSentences(comparison).map(plain).join("\n"),
    `Rank of the right passage among the best ${comparison.depth}:\n${aligned(ranks)}`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** Aligns the first column to the left, the others to the right. */
function aligned(rows: readonly string[][]): string {
  const cells = rows.map((row) => row.map(plain));
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A text as one line without control characters. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, "\ufffd");
}
