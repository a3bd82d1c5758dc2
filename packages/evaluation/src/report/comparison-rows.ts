import type { PipelineResult, RankingComparison } from "../comparison/ranking-comparison.js";

/** The table of means as texts: a header, and one row a pipeline. */
export function comparisonRows({ measures, pipelines, baseline }: RankingComparison): string[][] {
  const header = ["pipeline", ...measures, "median ms", "95 % ms"];
  return [header, ...pipelines.map((pipeline) => rowOf(pipeline, measures, baseline))];
}

function rowOf({ name, means, latencyMs }: PipelineResult, measures: readonly string[], baseline: string) {
  return [
    name === baseline ? `${name} (baseline)` : name,
    ...measures.map((measure) => means[measure]!.mean.toFixed(3)),
    latencyMs.median.toFixed(1),
    latencyMs.p95.toFixed(1),
  ];
}

/** The sentences of a comparison: what differs in the first measure, what failed, and what to know. */
export function comparisonSentences({ differences, measures, failures, notes }: RankingComparison): string[] {
  return [
    ...differences.filter(({ measure }) => measure === measures[0]).map(({ sentence }) => sentence),
    ...failures.map(({ name, message }) => `"${name}" failed: ${message}`),
    ...notes,
  ];
}

/** The ranks of the right passages: a header, and one row a question. */
export function rankRows({ questions, pipelines }: RankingComparison): string[][] {
  return [
    ["question", ...pipelines.map(({ name }) => name)],
    ...questions.map(({ question }, i) => [
      question,
      ...pipelines.map(({ results }) => rankText(results[i]!.rank)),
    ]),
  ];
}

/** A rank as text for a table. */
export function rankText(rank: number | null): string {
  return rank === null ? "–" : String(rank);
}
