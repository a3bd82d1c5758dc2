import {
  checkObject,
  checkPositiveInteger,
  checkText,
  checkTexts,
  InvalidOptionError,
} from "@secondpass/core";
import type { RankingComparison } from "../comparison/ranking-comparison.js";

const LISTS = ["questions", "measures", "pipelines", "failures", "differences", "notes"] as const;

/** @throws {InvalidOptionError} if the value is not a result of `compareRankings` */
export function checkComparison(comparison: RankingComparison): void {
  checkObject("comparison", comparison, "a result of compareRankings");
  for (const name of LISTS) {
    if (!Array.isArray(comparison[name]))
      throw new InvalidOptionError(`comparison.${name}`, "a list", comparison[name]);
  }
  for (const [i, item] of comparison.questions.entries()) {
    checkObject(`comparison.questions[${i}]`, item, "a question");
    checkText(item.question, `comparison.questions[${i}].question`);
  }
  checkTexts(comparison.measures, "comparison.measures");
  checkPositiveInteger("comparison.depth", comparison.depth);
  const { baseline } = comparison;
  checkText(baseline, "comparison.baseline");
  if (comparison.pipelines.some((pipeline) => pipeline?.name === baseline)) return;
  throw new InvalidOptionError("comparison.baseline", "the name of one of its pipelines", baseline);
}
