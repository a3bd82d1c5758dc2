import type { EvaluationQuestion } from "../questions/evaluation-question.js";

/** A document that a pipeline found, as reports show it. */
export interface FoundDocument {
  /** The first 400 characters of its text. */
  readonly excerpt: string;
  readonly source?: string;
  /** Whether it is a right answer that no earlier document has. */
  readonly right: boolean;
}

/** What a pipeline found for one question. */
export interface QuestionResult {
  /** Rank of the first right document, from 1; null if it is not among the best `depth`. */
  readonly rank: number | null;
  /** The same for each answer of the question. */
  readonly ranks: readonly (number | null)[];
  /** Value of each measure. */
  readonly values: Readonly<Record<string, number>>;
  /** Time that the pipeline took, in milliseconds. */
  readonly latencyMs: number;
  /** The best three documents. */
  readonly found: readonly FoundDocument[];
}

/** A mean over the questions with its bootstrap interval of 95 %. */
export interface MeanValue {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The result of one pipeline. */
export interface PipelineResult {
  readonly name: string;
  /** By measure. */
  readonly means: Readonly<Record<string, MeanValue>>;
  /** Time that its factory took, in milliseconds. */
  readonly buildMs: number;
  /** Time of a question, in milliseconds: median and 95th percentile. The first question, which warms up, is included. */
  readonly latencyMs: { readonly median: number; readonly p95: number };
  /** One for each question, in their order. */
  readonly results: readonly QuestionResult[];
}

/** A pipeline that failed. */
export interface PipelineFailure {
  readonly name: string;
  readonly message: string;
}

/** How a pipeline differs from the baseline in one measure. */
export interface PipelineDifference {
  readonly pipeline: string;
  readonly baseline: string;
  readonly measure: string;
  /** Mean of the pipeline minus mean of the baseline, with its paired bootstrap interval of 95 %. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Of the paired randomization test, after Holm's correction for the number of pipelines compared. */
  readonly pValue: number;
  /** How many questions are better, and how many worse, than with the baseline. */
  readonly better: number;
  readonly worse: number;
  /** `"noise"`: the difference may be chance. `"equal"`: there is none. */
  readonly verdict: "better" | "worse" | "noise" | "equal";
  /** Approximate number of questions like these needed to show a difference of this size; null if there is no difference. */
  readonly questionsNeeded: number | null;
  /** The verdict as a sentence. */
  readonly sentence: string;
}

/** Result of {@link compareRankings}: plain data, which `JSON.stringify` writes completely. */
export interface RankingComparison {
  readonly questions: readonly EvaluationQuestion[];
  /** Names of the measures; the first decides. */
  readonly measures: readonly string[];
  /** Number of documents judged in each result. */
  readonly depth: number;
  readonly baseline: string;
  readonly pipelines: readonly PipelineResult[];
  readonly failures: readonly PipelineFailure[];
  readonly differences: readonly PipelineDifference[];
  /** Warnings to read before the figures: few questions, or questions made from headings. */
  readonly notes: readonly string[];
}
