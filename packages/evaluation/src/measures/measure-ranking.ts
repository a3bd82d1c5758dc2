import { checkKnownOptions, checkNumber, checkPositiveInteger, checkTexts } from "@secondpass/core";
import { asMap, type Keyed } from "./entries-of.js";
import { judgeRanking } from "./judge-ranking.js";
import { type Measure, type MeasureName, parseMeasure } from "./parse-measure.js";

/** Settings of {@link measureRanking}. */
export interface MeasureRankingOptions {
  /** Lowest grade of a relevant document, for all measures but nDCG. @default 1 */
  readonly relevanceLevel?: number;
}

/**
 * Computes one measure of one ranking that is already in order.
 * @param ids ids of the documents found, best first, each once
 * @param grades grades of the judged documents by id; other documents count as grade 0
 * @returns from 0 to 1
 * @throws {InvalidOptionError} if the measure's name is unknown, or another argument is invalid
 * @throws {UnknownOptionError}
 *
 * @example
 * measureRanking("ndcg@10", ["b", "a"], { a: 1 }); // 0.63…
 */
export function measureRanking(
  measure: MeasureName | Measure,
  ids: readonly string[],
  grades: Keyed<number>,
  options: MeasureRankingOptions = {},
): number {
  const parsed = parseMeasure(measure, "measure");
  checkTexts(ids, "ids");
  const byId = asMap(grades, "grades");
  for (const [id, grade] of byId) checkNumber(`grades[${JSON.stringify(id)}]`, grade);
  checkKnownOptions(options, ["relevanceLevel"], "measureRanking");
  return parsed.of(
    judgeRanking(ids, byId, checkPositiveInteger("relevanceLevel", options.relevanceLevel ?? 1)),
  );
}
