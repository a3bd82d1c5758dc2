import {
  checkCallOptions,
  checkKnownOptions,
  checkNumber,
  InvalidOptionError,
  workSlices,
} from "@secondpass/core";
import { checkNumbers } from "../statistics/check-numbers.js";
import { checkSampling, type SamplingOptions } from "../statistics/check-sampling.js";
import { intervalOf } from "../statistics/interval-of.js";
import { seededRandom } from "../statistics/seeded-random.js";
import { areaUnderCurve } from "./area-under-curve.js";

/** The best score of each question, by kind of question. */
export interface BestScores {
  /** Questions that the documents answer. */
  readonly answerable: readonly number[];
  /** Questions on another topic. */
  readonly offTopic?: readonly number[];
  /** Questions on the topic of the documents, which the documents do not answer. */
  readonly unanswerable?: readonly number[];
}

/** Settings of {@link judgeBestScores}. */
export interface JudgeBestScoresOptions extends SamplingOptions {
  /** Lowest score at which a question is answered, on the scale of the scores. @default none */
  readonly threshold?: number;
}

/** How well the best score separates one kind of unanswered questions from answerable ones. */
export interface KindJudgement {
  readonly kind: "offTopic" | "unanswerable";
  readonly count: number;
  /** How often an answerable question has the higher best score; 0.5 is chance. */
  readonly auc: number;
  /** Ends of the bootstrap interval of 95 % of `auc`. */
  readonly low: number;
  readonly high: number;
  /** Share of them that nevertheless reach the threshold; undefined without one. */
  readonly answered?: number;
}

/** Result of {@link judgeBestScores}. */
export interface BestScoreJudgement {
  readonly kinds: readonly KindJudgement[];
  /** Share of the answerable questions that reach the threshold; undefined without one. */
  readonly answered?: number;
  /** The same in plain sentences, one a line. */
  readonly text: string;
}

const KINDS = { offTopic: "Off-topic", unanswerable: "Unanswerable" } as const;

/**
 * Judges how well the best score of a question shows whether the documents answer it at all. Rerankers separate off-topic questions well, but
 * hardly questions on the topic that no document answers; no threshold changes that.
 *
 * @throws {InvalidOptionError} {@link UnknownOptionError}
 * @throws the signal's reason if it is aborted
 */
export async function judgeBestScores(
  scores: BestScores,
  options: JudgeBestScoresOptions = {},
): Promise<BestScoreJudgement> {
  checkKnownOptions(scores, ["answerable", "offTopic", "unanswerable"], "judgeBestScores");
  checkCallOptions(options, "judgeBestScores", ["samples", "seed", "signal", "threshold"]);
  const sampling = checkSampling({ samples: 1_000, ...options }, "judgeBestScores", ["threshold"]);
  const { threshold, signal } = options;
  if (threshold !== undefined) checkNumber("threshold", threshold);
  const answerable = checkScores("answerable", scores?.answerable);
  const shareOf = (list: readonly number[]) =>
    threshold === undefined ? undefined : list.filter((score) => score >= threshold).length / list.length;
  const kinds: KindJudgement[] = [];
  for (const kind of ["offTopic", "unanswerable"] as const) {
    if (scores[kind] === undefined) continue;
    const others = checkScores(kind, scores[kind]);
    const auc = areaUnderCurve(answerable, others);
    const interval = await aucInterval(answerable, others, { ...sampling, signal });
    kinds.push({ kind, count: others.length, auc, ...interval, answered: shareOf(others) });
  }
  const answered = shareOf(answerable);
  return { kinds, answered, text: textOf(kinds, answered, answerable.length) };
}

function checkScores(name: string, scores: readonly number[] | undefined): readonly number[] {
  if (!Array.isArray(scores) || scores.length === 0) {
    throw new InvalidOptionError(name, "a list of scores, one a question", scores);
  }
  checkNumbers(name, scores);
  return scores;
}

async function aucInterval(
  positives: readonly number[],
  negatives: readonly number[],
  { samples, seed, signal }: { samples: number; seed: number; signal?: AbortSignal },
): Promise<{ readonly low: number; readonly high: number }> {
  const random = seededRandom(seed);
  const slices = workSlices(signal);
  const draw = (list: readonly number[]) => list.map(() => list[Math.floor(random() * list.length)]!);
  const values = new Float64Array(samples);
  for (let i = 0; i < samples; i++) {
    values[i] = areaUnderCurve(draw(positives), draw(negatives));
    if (slices.due()) await slices.pause();
  }
  return intervalOf(values, 0.95);
}

function textOf(kinds: readonly KindJudgement[], answered: number | undefined, count: number): string {
  const lines = kinds.map(
    ({ kind, count, auc, low, high, answered }) =>
      `${KINDS[kind]} (${count} questions): the best score tells them from answerable ones in ${percent(auc)} of pairs ` +
      `(${percent(low)} to ${percent(high)}; chance is 50 %): ${verdictOf(low, auc)}.` +
      (answered === undefined ? "" : ` ${percent(answered)} reach the threshold and would be answered.`),
  );
  if (answered !== undefined) {
    lines.push(`Answerable (${count} questions): ${percent(answered)} reach the threshold.`);
  }
  return lines.join("\n");
}

function verdictOf(low: number, auc: number): string {
  if (low <= 0.5) return "no better than chance can be shown, so no threshold on this score helps";
  if (auc < 0.75) return "hardly, so a threshold will often be wrong";
  return auc < 0.9 ? "partly, so a threshold makes mistakes of both kinds" : "well, so a threshold is useful";
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
