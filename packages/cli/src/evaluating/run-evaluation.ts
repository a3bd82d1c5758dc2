import { Document } from "@langchain/core/documents";
import { InvalidOptionError, SecondpassError } from "@secondpass/core";
import { fileErrorAdvice, writeFileAtomically } from "@secondpass/core/node";
import {
  compareRankings,
  comparisonAsHtml,
  comparisonAsJson,
  comparisonAsText,
  type MeasureName,
  PipelineError,
  type PipelineFactory,
  readQuestions,
} from "@secondpass/evaluation";
import type { World } from "../contract/world.js";
import { CorpusIndex } from "../corpus/corpus-index.js";
import { openReranker } from "../corpus/open-reranker.js";
import { type SearchRequest, searchCorpus } from "../corpus/search-corpus.js";
import { CommandError } from "../errors/command-error.js";
import { UsageError } from "../errors/usage-error.js";
import { inFlags } from "../options/in-flags.js";
import { DownloadProgress } from "../terminal/download-progress.js";
import { interruptible } from "../terminal/interruptible.js";
import { Rate } from "../terminal/rate.js";
import { StatusLine } from "../terminal/status-line.js";

const DEFAULT_MEASURES: readonly MeasureName[] = ["mrr@10", "hitRate@1", "hitRate@3"];

/** The values of the options of `eval`. */
export interface EvaluationValues {
  readonly index: string;
  readonly k: number;
  readonly model: string;
  readonly measure: readonly string[];
  readonly report: string | undefined;
  readonly json: boolean;
}

/** Measures the usual searches on an index. @returns the exit code */
export async function runEvaluation(
  values: EvaluationValues,
  operands: readonly string[],
  world: World,
): Promise<number> {
  const [path, ...others] = operands;
  if (path === undefined || others.length > 0) {
    const got = operands.length === 0 ? "none" : operands.join(" ");
    throw new UsageError(`Expected one file of QUESTIONS, got ${got}.`);
  }
  const { index: folder, k, model, measure, report, json } = values;
  const { stdout, stderr } = world;
  const downloads = new DownloadProgress(stderr);
  const onDownload = downloads.show;
  const line = new StatusLine(stderr);
  const rate = new Rate();
  return interruptible(world, async (signal) => {
    const questions = await readQuestions(path, { signal }).catch(explain);
    await using index = await CorpusIndex.open(folder, { onDownload, signal });
    await using reranker = openReranker(model, { onDownload });
    const search =
      (request: Pick<SearchRequest, "mode" | "reranker">): PipelineFactory =>
      () =>
      async (question) => {
        const options = { ...request, question, k, topN: k, sentences: 0, signal };
        const { passages } = await searchCorpus(index, options);
        return passages.map(({ text, source }) => new Document({ pageContent: text, metadata: { source } }));
      };
    const comparison = await compareRankings({
      questions,
      pipelines: {
        lexical: search({ mode: "lexical" }),
        dense: search({ mode: "dense" }),
        hybrid: search({ mode: "hybrid" }),
        "hybrid + rerank": search({ mode: "hybrid", reranker }),
      },
      measures: measure.length > 0 ? (measure as MeasureName[]) : DEFAULT_MEASURES,
      depth: k,
      onProgress: ({ pipeline, done, total }) =>
        line.show(`${pipeline}: ${done} of ${total} ${rate.text(done, total, "questions")}`),
    })
      .catch(explain)
      .finally(() => {
        downloads.clear();
        line.clear();
      });
    signal.throwIfAborted();
    // Check first what may fail.
    if (report !== undefined) await writeReport(report, comparisonAsHtml(comparison));
    stdout.write(json ? comparisonAsJson(comparison) : comparisonAsText(comparison));
    return 0;
  });
}

/** Explains a failure to read questions or to measure to the user. */
function explain(error: unknown): never {
  if (PipelineError.isInstance(error) && CommandError.isInstance(error.cause)) throw error.cause;
  if (InvalidOptionError.isInstance(error)) {
    const flags = { path: "QUESTIONS", measures: "--measure", questions: "QUESTIONS" };
    throw new UsageError(inFlags(error.message, flags), { cause: error });
  }
  if (SecondpassError.isInstance(error)) throw new CommandError(error.message, { cause: error });
  throw error;
}

async function writeReport(path: string, page: string): Promise<void> {
  try {
    await writeFileAtomically(path, page);
  } catch (error) {
    const cause = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    throw new CommandError(`Cannot write the --report to ${path}: ${fileErrorAdvice(cause)}`, {
      cause: error,
    });
  }
}
