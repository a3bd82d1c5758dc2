import { holmCorrection } from "../statistics/holm-correction.js";
import { pairedBootstrap } from "../statistics/paired-bootstrap.js";
import { queriesNeeded } from "../statistics/queries-needed.js";
import { randomizationTest } from "../statistics/randomization-test.js";
import type { PipelineDifference, QuestionResult } from "./ranking-comparison.js";

/** A pipeline's name and its results. */
export interface NamedResults {
  readonly name: string;
  readonly results: readonly QuestionResult[];
}

/** Settings of the random procedures. */
export interface CompareSettings {
  readonly samples: number;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
}

/** Below this p-value, a difference counts as real, not as chance. */
const SIGNIFICANT = 0.05;

/** With fewer differing questions, no assignment of signs is rarer than 5 %. */
const MIN_DIFFERING = 6;

/** Compares pipelines with the baseline in one measure. */
export async function comparePipelines(
  baseline: NamedResults,
  others: readonly NamedResults[],
  measure: string,
  settings: CompareSettings,
): Promise<PipelineDifference[]> {
  const valuesOf = ({ results }: NamedResults) => results.map(({ values }) => values[measure]!);
  const before = valuesOf(baseline);
  const tests = [];
  for (const other of others) {
    const after = valuesOf(other);
    const { pValue } = await randomizationTest(after, before, settings);
    tests.push({ other, after, pValue, interval: await pairedBootstrap(after, before, settings) });
  }
  const adjusted = holmCorrection(tests.map(({ pValue }) => pValue));
  return tests.map(({ other, after, interval: { difference, low, high } }, i) => {
    const better = after.filter((value, q) => value > before[q]!).length;
    const worse = after.filter((value, q) => value < before[q]!).length;
    const pValue = adjusted[i]!;
    const needed = queriesNeeded(after, before);
    const found = {
      pipeline: other.name,
      baseline: baseline.name,
      measure,
      difference,
      low,
      high,
      pValue,
      better,
      worse,
      verdict: verdictOf(difference, pValue, better + worse),
      questionsNeeded: Number.isFinite(needed) ? needed : null,
    };
    return { ...found, sentence: sentenceOf(found, before.length) };
  });
}

function verdictOf(difference: number, pValue: number, differing: number): PipelineDifference["verdict"] {
  if (differing === 0) return "equal";
  if (pValue >= SIGNIFICANT) return "noise";
  return difference > 0 ? "better" : "worse";
}

function sentenceOf(found: Omit<PipelineDifference, "sentence">, count: number): string {
  const { pipeline, baseline, measure, difference, low, high, pValue, better, worse, verdict } = found;
  const questions = count === 1 ? "1 question" : `${count} questions`;
  if (verdict === "equal")
    return `"${pipeline}" and "${baseline}" have the same ${measure} on all ${questions}.`;
  const figures =
    `${signed(difference)} ${measure} (95 % interval ${signed(low)} to ${signed(high)}, p = ${pValue.toFixed(3)}, ` +
    `better on ${better} and worse on ${worse} of ${questions})`;
  if (verdict !== "noise") return `"${pipeline}" is ${verdict} than "${baseline}": ${figures}.`;
  return `"${pipeline}" against "${baseline}": ${figures}. This may be chance. ${adviceOf(found, count)}`;
}

function adviceOf(
  { better, worse, questionsNeeded }: Pick<PipelineDifference, "better" | "worse" | "questionsNeeded">,
  count: number,
): string {
  const few =
    better + worse < MIN_DIFFERING
      ? `Only ${better + worse} of them ${better + worse === 1 ? "differs" : "differ"}; below ${MIN_DIFFERING}, no test can tell. `
      : "";
  if (questionsNeeded === null) return `${few}The two are equally good on average.`;
  if (questionsNeeded <= count) return `${few}Some more questions may show it.`;
  return `${few}About ${questionsNeeded} questions like these would be needed to show a difference of this size.`;
}

const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
