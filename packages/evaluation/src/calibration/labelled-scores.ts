import { checkKnownOptions, checkNumber, checkOneOf, checkPositiveInteger } from "@secondpass/core";
import { asMap, entriesOf } from "../measures/entries-of.js";
import type { Qrels, Run } from "../measures/evaluate-run.js";
import type { LabelledScore } from "./labelled-score.js";

/** Settings of {@link labelledScores}. */
export interface LabelledScoresOptions {
  /** Lowest grade of a relevant document; an integer from 1. @default 1 */
  readonly relevanceLevel?: number;
  /**
   * Documents without a judgement that a system found for a judged query: `"skip"` leaves them out, `"irrelevant"` counts them as not
   * relevant. That label is weak: some are relevant, which makes probabilities a little too low. @default "skip"
   */
  readonly unjudged?: "skip" | "irrelevant";
}

/**
 * Labelled scores for `ScoreCalibration.fit` from judgements and a run. Queries without judgements are left out.
 * @throws {InvalidOptionError} {@link UnknownOptionError}
 */
export function labelledScores(qrels: Qrels, run: Run, options: LabelledScoresOptions = {}): LabelledScore[] {
  checkKnownOptions(options, ["relevanceLevel", "unjudged"], "labelledScores");
  const level = checkPositiveInteger("relevanceLevel", options.relevanceLevel ?? 1);
  const unjudged = checkOneOf("unjudged", options.unjudged ?? "skip", ["skip", "irrelevant"] as const);
  const judgements = asMap(qrels, "qrels");
  const labelled: LabelledScore[] = [];
  for (const [query, documents] of entriesOf(run, "run")) {
    const judged = judgements.get(query);
    if (judged === undefined) continue;
    const grades = asMap(judged, `qrels[${JSON.stringify(query)}]`);
    const name = `run[${JSON.stringify(query)}]`;
    for (const [document, score] of entriesOf(documents, name)) {
      const grade = grades.get(document) ?? (unjudged === "irrelevant" ? 0 : undefined);
      if (grade === undefined) continue;
      checkNumber(`${name}[${JSON.stringify(document)}]`, score);
      checkNumber(`grade of ${JSON.stringify(document)}`, grade);
      labelled.push({ score, relevant: grade >= level });
    }
  }
  return labelled;
}
