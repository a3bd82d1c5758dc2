import type { DocumentInterface } from "@langchain/core/documents";
import { describeValue, InvalidOptionError, onAbort, raceWithSignal } from "@secondpass/core";
import { PipelineError } from "../errors/pipeline-error.js";
import type { Measure } from "../measures/parse-measure.js";
import type { EvaluationQuestion } from "../questions/evaluation-question.js";
import type { AnswerMatch } from "../questions/match-answer.js";
import { judgeDocuments } from "./judge-documents.js";
import type { DisposablePipeline, Pipeline, PipelineFactory } from "./pipeline.js";
import type { QuestionResult } from "./ranking-comparison.js";

/** Settings for running a pipeline. */
export interface RunSettings {
  readonly questions: readonly EvaluationQuestion[];
  readonly measures: readonly Measure[];
  readonly depth: number;
  readonly match: AnswerMatch;
  readonly sourceKey: string;
  readonly signal: AbortSignal | undefined;
  /** Called after each question. */
  readonly onQuestion: () => void;
}

/** Documents of each question that are kept for reports, and characters of each. */
const KEPT_DOCUMENTS = 3;
const KEPT_CHARACTERS = 400;

/**
 * Builds a pipeline, runs it on all questions one after the other, and disposes it, also if it fails.
 * @throws {PipelineError}
 * @throws the signal's reason if it is aborted
 */
export async function runPipeline(
  name: string,
  factory: PipelineFactory,
  settings: RunSettings,
): Promise<{ readonly buildMs: number; readonly results: readonly QuestionResult[] }> {
  const { signal } = settings;
  signal?.throwIfAborted();
  const start = performance.now();
  const built = await attempt(name, undefined, signal, async () => {
    const making = Promise.resolve(factory({ signal })).then((made) =>
      isDisposable(made) ? made : { pipeline: made, dispose: () => undefined },
    );
    // Dispose a pipeline that is built after an abort.
    const undo = onAbort(signal, () => void making.then((late) => late.dispose()).catch(() => undefined));
    return raceWithSignal(making, signal).finally(undo);
  });
  const buildMs = performance.now() - start;
  try {
    const runQuestion = await attempt(name, undefined, signal, async () =>
      runFunction(built.pipeline, signal),
    );
    const results: QuestionResult[] = [];
    for (const question of settings.questions) {
      const { documents, latencyMs } = await attempt(name, question.question, signal, async () => {
        const startMs = performance.now();
        const found = await raceWithSignal(runQuestion(question.question), signal);
        return { documents: checkDocuments(found), latencyMs: performance.now() - startMs };
      });
      results.push(resultOf(documents.slice(0, settings.depth), question, latencyMs, settings));
      settings.onQuestion();
    }
    return { buildMs, results };
  } finally {
    await built.dispose();
  }
}

async function attempt<T>(
  pipeline: string,
  question: string | undefined,
  signal: AbortSignal | undefined,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    // An abort is not a failure of the pipeline.
    signal?.throwIfAborted();
    throw new PipelineError(pipeline, question, error);
  }
}

function isDisposable(made: Pipeline | DisposablePipeline): made is DisposablePipeline {
  return typeof made === "object" && made !== null && "pipeline" in made;
}

type RunQuestion = (question: string) => PromiseLike<readonly DocumentInterface[]>;

function runFunction(pipeline: Pipeline, signal: AbortSignal | undefined): RunQuestion {
  const options = signal === undefined ? {} : { signal };
  if (typeof pipeline === "function") return async (question) => pipeline(question, options);
  if (typeof pipeline?.invoke === "function") return (question) => pipeline.invoke(question, options);
  throw new InvalidOptionError("pipelines", "factories of functions or Runnables", pipeline);
}

function checkDocuments(found: unknown): readonly DocumentInterface[] {
  const isList = Array.isArray(found) && found.every((item) => typeof item?.pageContent === "string");
  if (isList) return found;
  throw new TypeError(`Expected a list of Documents, got ${describeValue(found)}.`);
}

function resultOf(
  documents: readonly DocumentInterface[],
  { answers }: EvaluationQuestion,
  latencyMs: number,
  { measures, match, sourceKey }: RunSettings,
): QuestionResult {
  const { ranks, ranking } = judgeDocuments(documents, answers, match);
  const found = ranks.filter((rank) => rank !== null);
  return {
    rank: found.length === 0 ? null : Math.min(...found),
    ranks,
    values: Object.fromEntries(measures.map(({ name, of }) => [name, of(ranking)])),
    latencyMs,
    found: documents.slice(0, KEPT_DOCUMENTS).map(({ pageContent, metadata }, i) => {
      const source: unknown = metadata?.[sourceKey];
      return {
        excerpt: pageContent.slice(0, KEPT_CHARACTERS),
        ...(typeof source === "string" && { source }),
        right: ranking.grades[i] === 1,
      };
    }),
  };
}
