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

/** One text of a ranking: its index in the caller's list, and its score. */
export interface Ranked {
  readonly index: number;
  readonly score: number;
}

/** An object that ranks texts, best first, such as `BaseCrossEncoder` of `@secondpass/cross-encoders`. */
export interface PairRanker {
  rank(
    query: string,
    texts: readonly string[],
    options?: Partial<RunnableConfig> & RankOptions,
  ): Promise<readonly Ranked[]>;
}

/** An object that scores pairs: higher is better. */
export interface PairScorer {
  score(pairs: readonly TextPair[], options?: CallOptions): Promise<readonly number[]> | readonly number[];
}

/** An object that gives each pair a row of label scores, such as the `CrossEncoder` of `@secondpass/hf-runtime`. */
export interface PairPredictor {
  predict(pairs: readonly TextPair[], options?: CallOptions): Promise<readonly ArrayLike<number>[]>;
}

/** A model for {@link CrossEncoderReranker} and {@link SentenceHighlighter}. */
export type RerankingModel = PairRanker | PairScorer | PairPredictor;

/** @throws {InvalidOptionError} if the value has none of the methods */
export function checkModel(model: RerankingModel): RerankingModel {
  const methods = ["rank", "score", "predict"];
  return checkHasMethod("model", model, methods, "a cross-encoder with a method rank, score or predict");
}

/**
 * Ranks texts by descending score; texts with equal scores keep their order.
 *
 * A model with a method `rank` ranks them itself, because it may use more than its scores: logits, if an activation saturates. It
 * gets the whole config, so that its run is in the trace.
 *
 * @throws {ResultCountError} if the number of scores differs from the number of texts
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

/** LangChain's rule: the score of a single label, or the second of several, which means "relevant" in two-label models. */
function relevanceOfLabels(row: ArrayLike<number>): number {
  return row[row.length > 1 ? 1 : 0] as number;
}
