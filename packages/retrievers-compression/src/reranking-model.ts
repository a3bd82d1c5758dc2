import type { RunnableConfig } from "@langchain/core/runnables";
import { checkHasMethod, orderByScore, type TextPair } from "@secondpass/core";
import { ResultCountError } from "./errors/result-count-error.js";

/** Options of one call of a model. */
interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Options of one call of {@link PairRanker.rank}. */
interface RankOptions extends CallOptions {
  /** How many texts to return. */
  readonly topN?: number;
}

/** One text of a ranking: its place in the caller's list, and its score. */
export interface Ranked {
  readonly index: number;
  readonly score: number;
}

/** Anything that ranks texts, best first; `BaseCrossEncoder` of `@secondpass/cross-encoders` is one. */
export interface PairRanker {
  rank(
    query: string,
    texts: readonly string[],
    options?: Partial<RunnableConfig> & RankOptions,
  ): Promise<readonly Ranked[]>;
}

/** Anything that scores pairs: higher is better. */
export interface PairScorer {
  score(pairs: readonly TextPair[], options?: CallOptions): Promise<readonly number[]> | readonly number[];
}

/** Anything that gives each pair a row of label scores; the `CrossEncoder` of `@secondpass/hf-runtime` is one. */
export interface PairPredictor {
  predict(pairs: readonly TextPair[], options?: CallOptions): Promise<readonly ArrayLike<number>[]>;
}

/** What {@link CrossEncoderReranker} reranks, and {@link SentenceHighlighter} scores sentences with. */
export type RerankingModel = PairRanker | PairScorer | PairPredictor;

/** @throws {InvalidOptionError} for what cannot rank */
export function checkModel(model: RerankingModel): RerankingModel {
  const methods = ["rank", "score", "predict"];
  return checkHasMethod("model", model, methods, "a cross-encoder with a method rank, score or predict");
}

/**
 * The texts in order of their score: descending, equal ones as they came.
 *
 * A model that can rank does it itself (it may know more than its scores tell: logits, where an activation saturates) and
 * gets the whole config, so that its run shows in the trace.
 *
 * @throws {ResultCountError} if the model gives another number of scores than there are texts
 */
export async function rankTexts(
  model: RerankingModel,
  query: string,
  texts: readonly string[],
  topN: number,
  config: RunnableConfig,
): Promise<readonly Ranked[]> {
  if ("rank" in model) {
    return model.rank(query, texts, { ...config, topN });
  }
  const pairs = texts.map((text): TextPair => [query, text]);
  const options: CallOptions = { signal: config.signal };
  const scores =
    "score" in model
      ? await model.score(pairs, options)
      : (await model.predict(pairs, options)).map(relevanceOfLabels);
  if (scores.length !== texts.length) {
    throw new ResultCountError("score" in model ? "score" : "predict", texts.length, scores.length);
  }
  return orderByScore(scores)
    .slice(0, topN)
    .map((index) => ({ index, score: scores[index] as number }));
}

/** LangChain's rule: of one label its score, of several the second, which in two-label models means "relevant". */
function relevanceOfLabels(row: ArrayLike<number>): number {
  return row[row.length > 1 ? 1 : 0] as number;
}
