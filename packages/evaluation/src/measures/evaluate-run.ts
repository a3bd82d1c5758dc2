import {
  checkCallOptions,
  checkOneOf,
  checkPositiveInteger,
  describeValue,
  InvalidOptionError,
  workSlices,
} from "@secondpass/core";
import { checkMeasures } from "./check-measures.js";
import { asMap, entriesOf, type Keyed } from "./entries-of.js";
import { judgeRanking } from "./judge-ranking.js";
import { mean } from "./mean.js";
import { orderDocuments } from "./order-documents.js";
import type { Measure, MeasureName } from "./parse-measure.js";

/** Grades: query id → document id → how relevant the document is. An integer: relevant if it is 1 or more, not relevant if it is 0 or less. */
export type Qrels = Keyed<Keyed<number>>;

/** Results of a system: query id → document id → score; the higher, the better. */
export type Run = Keyed<Keyed<number>>;

/** Settings of {@link evaluateRun}. */
export interface EvaluateRunOptions {
  /** Names such as `"ndcg@10"`, or your own measures. @default ["ndcg@10", "mrr@10", "recall@100", "map"] */
  readonly measures?: readonly (MeasureName | Measure)[];
  /** Lowest grade of a relevant document, for all measures but nDCG; an integer from 1. @default 1 */
  readonly relevanceLevel?: number;
  /**
   * Judged queries that are missing in the run: `"zero"` counts them as 0 (trec_eval's `-c`), `"skip"` leaves them out (trec_eval without `-c`,
   * pytrec_eval), `"throw"` throws. @default "zero"
   */
  readonly missingQueries?: "zero" | "skip" | "throw";
  /** Queries without a relevant document: `"zero"` counts them, as trec_eval does; `"skip"` leaves them out. @default "zero" */
  readonly withoutRelevant?: "zero" | "skip";
  readonly signal?: AbortSignal;
}

/** Result of {@link evaluateRun}. */
export interface RunEvaluation {
  /** Ids of the queries counted, in the order of the qrels. */
  readonly queries: readonly string[];
  /** Value of each measure for each of them, in the same order: `values["ndcg@10"][0]`. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** Mean of each measure over the queries; 0 if there are none. */
  readonly means: Readonly<Record<string, number>>;
  /** Judged queries that are missing in the run. */
  readonly missingQueries: readonly string[];
  /** Queries of the run without judgements: they are not counted. */
  readonly unjudgedQueries: readonly string[];
}

const OPTIONS = ["measures", "relevanceLevel", "missingQueries", "withoutRelevant", "signal"];

/**
 * Measures a run against relevance judgements, as trec_eval does: documents are ordered by score (as float32) descending, ties by id
 * descending, and documents without a judgement are not relevant.
 *
 * @throws {InvalidOptionError} if an option, a grade or a score is invalid, or a query is missing with `missingQueries: "throw"`
 * @throws {UnknownOptionError}
 * @throws the signal's reason if it is aborted
 *
 * @example
 * const { means } = await evaluateRun({ q1: { d1: 1 } }, { q1: { d1: 0.3, d2: 0.7 } }, { measures: ["mrr@10"] });
 * means["mrr@10"]; // 0.5
 */
export async function evaluateRun(
  qrels: Qrels,
  run: Run,
  options: EvaluateRunOptions = {},
): Promise<RunEvaluation> {
  const settings = checkOptions(options);
  const slices = workSlices(options.signal);
  const found = asMap(run, "run");
  const queries: string[] = [];
  const missing: string[] = [];
  const values: Record<string, number[]> = Object.fromEntries(
    settings.measures.map(({ name }) => [name, []]),
  );
  const judgedQueries = asMap(qrels, "qrels");
  for (const [query, graded] of judgedQueries) {
    const grades = asMap(graded, `qrels[${describeValue(query)}]`);
    checkGrades(query, grades);
    const documents = found.get(query);
    if (documents === undefined) missing.push(query);
    if (documents === undefined && settings.missingQueries !== "zero") continue;
    const name = `run[${describeValue(query)}]`;
    const ids = await orderDocuments(entriesOf(documents ?? {}, name), name, slices);
    const ranking = judgeRanking(ids, grades, settings.relevanceLevel);
    if (ranking.relevantCount === 0 && settings.withoutRelevant === "skip") continue;
    queries.push(query);
    for (const { name, of } of settings.measures) values[name]!.push(of(ranking));
    if (slices.due()) await slices.pause();
  }
  if (missing.length > 0 && settings.missingQueries === "throw") {
    throw new InvalidOptionError(
      "run",
      "a run of all judged queries",
      missing,
      'These are missing. With `missingQueries: "zero"` they count as 0.',
    );
  }
  const unjudgedQueries = [...found.keys()].filter((query) => !judgedQueries.has(query));
  const means = Object.fromEntries(settings.measures.map(({ name }) => [name, mean(values[name]!)]));
  return { queries, values, means, missingQueries: missing, unjudgedQueries };
}

function checkOptions(options: EvaluateRunOptions) {
  checkCallOptions(options, "evaluateRun", OPTIONS);
  return {
    measures: checkMeasures(options.measures ?? ["ndcg@10", "mrr@10", "recall@100", "map"]),
    relevanceLevel: checkPositiveInteger("relevanceLevel", options.relevanceLevel ?? 1),
    missingQueries: checkOneOf("missingQueries", options.missingQueries ?? "zero", [
      "zero",
      "skip",
      "throw",
    ] as const),
    withoutRelevant: checkOneOf("withoutRelevant", options.withoutRelevant ?? "zero", [
      "zero",
      "skip",
    ] as const),
  };
}

function checkGrades(query: string, grades: ReadonlyMap<string, number>): void {
  for (const [document, grade] of grades) {
    if (Number.isInteger(grade)) continue;
    throw new InvalidOptionError(
      `qrels[${describeValue(query)}][${describeValue(document)}]`,
      "an integer",
      grade,
    );
  }
}
