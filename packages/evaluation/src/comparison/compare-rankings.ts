import {
  checkCallOptions,
  checkFunction,
  checkOneOf,
  checkPositiveInteger,
  checkText,
  InvalidOptionError,
} from "@secondpass/core";
import { PipelineError } from "../errors/pipeline-error.js";
import { checkMeasures } from "../measures/check-measures.js";
import type { Measure, MeasureName } from "../measures/parse-measure.js";
import { checkQuestions } from "../questions/check-questions.js";
import type { EvaluationQuestion } from "../questions/evaluation-question.js";
import { type AnswerMatch, matchAnswer } from "../questions/match-answer.js";
import { checkSampling, type SamplingOptions } from "../statistics/check-sampling.js";
import { pairedBootstrap } from "../statistics/paired-bootstrap.js";
import { comparePipelines } from "./compare-pipelines.js";
import type { PipelineFactory } from "./pipeline.js";
import type {
  PipelineDifference,
  PipelineFailure,
  PipelineResult,
  QuestionResult,
  RankingComparison,
} from "./ranking-comparison.js";
import { runPipeline } from "./run-pipeline.js";

/** Progress of a comparison. */
export interface ComparisonProgress {
  /** Name of the pipeline that ran last. */
  readonly pipeline: string;
  /** Questions run so far, over all pipelines. */
  readonly done: number;
  /** Questions in all: questions times pipelines. */
  readonly total: number;
}

/** Settings of {@link compareRankings}. */
export interface CompareRankingsOptions extends SamplingOptions {
  /** Questions from `readQuestions`, from `questionsFromHeadings`, or your own. At least one. */
  readonly questions: readonly EvaluationQuestion[];
  /** Factories by name. Each is called when its turn comes, and its pipeline is disposed before the next. At least one. */
  readonly pipelines: Readonly<Record<string, PipelineFactory>>;
  /** Measures to compute. Reports draw their conclusion from the first. @default ["ndcg@10", "mrr@10", "hitRate@1", "recall@5"] */
  readonly measures?: readonly (MeasureName | Measure)[];
  /** Number of documents judged in each result. Minimum 1. @default 20 */
  readonly depth?: number;
  /** Name of the pipeline that the others are compared with. @default the first that did not fail */
  readonly baseline?: string;
  /** Whether a document is the right one. @default by passage and source, see docs/reference/evaluation.md */
  readonly match?: AnswerMatch;
  /** Metadata field with a document's file. @default "source" */
  readonly sourceKey?: string;
  /** `"throw"`: a pipeline that fails ends the comparison. `"report"`: it is listed, and the others are compared. @default "throw" */
  readonly onPipelineError?: "throw" | "report";
  /** Called after each question. */
  readonly onProgress?: (progress: ComparisonProgress) => void;
}

const OPTIONS = [
  "questions",
  "pipelines",
  "measures",
  "depth",
  "baseline",
  "match",
  "sourceKey",
  "onPipelineError",
  "onProgress",
];

/** Fewer questions show only large differences. */
const FEW_QUESTIONS = 25;

/**
 * Runs several pipelines on the same questions, and reports the rank of the right passage in each, what differs, and whether the difference is
 * more than chance. Pipelines run one after the other, and so do their questions, so that latencies are those of a single user.
 *
 * Each answer is found once, by the first document that has it: more chunks of one passage gain nothing, so that pipelines of different
 * chunk sizes can be compared.
 *
 * @throws {InvalidOptionError} {@link UnknownOptionError}
 * @throws {PipelineError} if a pipeline fails; with `onPipelineError: "report"`, if all fail
 * @throws the signal's reason if it is aborted
 *
 * @example
 * const comparison = await compareRankings({
 *   questions: await readQuestions("questions.csv"),
 *   pipelines: { bm25: () => BM25Retriever.fromDocuments(chunks, { k: 20 }), dense: () => store.asRetriever({ k: 20 }) },
 * });
 * console.log(comparisonAsText(comparison));
 */
export async function compareRankings(options: CompareRankingsOptions): Promise<RankingComparison> {
  const settings = checkOptions(options);
  const { questions, pipelines, measures, depth, signal } = settings;
  const total = questions.length * pipelines.length;
  let done = 0;
  const results: PipelineResult[] = [];
  const failures: PipelineFailure[] = [];
  let failure: unknown;
  for (const [i, [name, factory]] of pipelines.entries()) {
    done = i * questions.length;
    const onQuestion = () => options.onProgress?.({ pipeline: name, done: ++done, total });
    try {
      const run = await runPipeline(name, factory, { ...settings, onQuestion });
      results.push(await summaryOf(name, run, settings));
    } catch (error) {
      if (!(error instanceof PipelineError) || settings.onPipelineError === "throw") throw error;
      failure ??= error;
      failures.push({ name, message: error.message });
    }
  }
  const baseline = results.find(({ name }) => name === (options.baseline ?? results[0]?.name));
  if (results.length === 0 || baseline === undefined) throw failure;
  const others = results.filter((result) => result !== baseline);
  const differences: PipelineDifference[] = [];
  for (const { name } of measures)
    differences.push(...(await comparePipelines(baseline, others, name, settings.sampling)));
  signal?.throwIfAborted();
  return {
    questions,
    measures: measures.map(({ name }) => name),
    depth,
    baseline: baseline.name,
    pipelines: results,
    failures,
    differences,
    notes: notesOf(settings),
  };
}

function checkOptions(options: CompareRankingsOptions) {
  checkCallOptions(options, "compareRankings", [...OPTIONS, "samples", "seed", "signal"]);
  const { samples, seed, signal } = options ?? {};
  checkQuestions(options?.questions);
  const pipelines = Object.entries(checkPipelines(options.pipelines));
  if (options.baseline !== undefined) {
    checkOneOf(
      "baseline",
      options.baseline,
      pipelines.map(([name]) => name),
    );
  }
  const sourceKey = checkText(options.sourceKey ?? "source", "sourceKey");
  checkFunction("match", options.match);
  checkFunction("onProgress", options.onProgress);
  return {
    questions: options.questions,
    pipelines,
    measures: checkMeasures(options.measures ?? ["ndcg@10", "mrr@10", "hitRate@1", "recall@5"]),
    depth: checkPositiveInteger("depth", options.depth ?? 20),
    match: options.match ?? matchAnswer(sourceKey),
    sourceKey,
    onPipelineError: checkOneOf("onPipelineError", options.onPipelineError ?? "throw", [
      "throw",
      "report",
    ] as const),
    sampling: { ...checkSampling({ samples, seed }, "compareRankings"), signal },
    signal,
  };
}

function checkPipelines(pipelines: unknown): Readonly<Record<string, PipelineFactory>> {
  const entries = typeof pipelines === "object" && pipelines !== null ? Object.entries(pipelines) : [];
  if (entries.length === 0) {
    throw new InvalidOptionError("pipelines", "an object of factories by name", pipelines);
  }
  for (const [name, factory] of entries) {
    if (typeof factory === "function") continue;
    throw new InvalidOptionError(
      `pipelines[${JSON.stringify(name)}]`,
      "a function that builds the pipeline",
      factory,
      "Write `() => retriever`.",
    );
  }
  return pipelines as Readonly<Record<string, PipelineFactory>>;
}

async function summaryOf(
  name: string,
  { buildMs, results }: { readonly buildMs: number; readonly results: readonly QuestionResult[] },
  { measures, sampling }: ReturnType<typeof checkOptions>,
): Promise<PipelineResult> {
  const zeros = results.map(() => 0);
  const means: PipelineResult["means"] = Object.fromEntries(
    await Promise.all(
      measures.map(async ({ name: measure }) => {
        const values = results.map(({ values }) => values[measure]!);
        const { difference, low, high } = await pairedBootstrap(values, zeros, sampling);
        return [measure, { mean: difference, low, high }] as const;
      }),
    ),
  );
  const times = results.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  const at = (share: number) => times[Math.ceil(share * times.length) - 1]!;
  return { name, means, buildMs, latencyMs: { median: at(0.5), p95: at(0.95) }, results };
}

function notesOf({
  questions,
  measures,
  depth,
}: Pick<ReturnType<typeof checkOptions>, "questions" | "measures" | "depth">): string[] {
  const notes: string[] = [];
  const made = questions.filter(({ origin }) => origin === "heading").length;
  if (made > 0) {
    notes.push(
      `${made} of ${questions.length} questions were made from headings. Headings share words with the text below them, so that ` +
        "searching by words looks better than it is. Write questions as your users ask them.",
    );
  }
  if (questions.length < FEW_QUESTIONS) {
    notes.push(`${questions.length} questions are few: only large differences can be told from chance.`);
  }
  for (const { name, depth: wanted = 0 } of measures) {
    if (wanted <= depth || wanted === Number.POSITIVE_INFINITY) continue;
    notes.push(`"${name}" saw only the best ${depth} documents of each result: raise \`depth\`.`);
  }
  return notes;
}
