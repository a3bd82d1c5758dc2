import { Runnable, type RunnableConfig } from "@langchain/core/runnables";
import {
  checkCallOptions,
  checkPairs,
  checkPositiveInteger,
  checkText,
  checkTexts,
  orderByScore,
  type TextPair,
} from "@secondpass/core";
import { ScoreCountError } from "./errors/score-count-error.js";

/** Options of {@link BaseCrossEncoder.score}. */
export interface ScoreOptions {
  /** Ends the call; it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with the number of pairs done while a long call runs. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Scores of pairs, with sort keys if these are finer than the scores. */
export interface RankableScores {
  /** [pairs] The scores that the caller gets. */
  readonly scores: readonly number[];
  /** [pairs] Values that decide the order, higher is better, such as logits if an activation saturates. @default the scores */
  readonly sortKeys?: readonly number[];
}

/** One text of {@link BaseCrossEncoder.rank}. */
export interface RankedText {
  /** Index of the text in the caller's list. */
  readonly index: number;
  readonly score: number;
  readonly text: string;
}

/** Options of `invoke`: a Runnable's config and the options of `score`. */
export type CrossEncoderCallOptions = Partial<RunnableConfig> & ScoreOptions;

/** Options of {@link BaseCrossEncoder.rank}. */
export type RankOptions = CrossEncoderCallOptions & {
  /** How many texts to return. Minimum 1. @default all */
  readonly topN?: number;
};

/**
 * Base class of cross-encoders: models that read a query and a text together and score how well they fit. Higher is better; each
 * model states its scale. It is a Runnable from pairs to scores, so it can be traced, piped, retried and given fallbacks.
 *
 * To write a cross-encoder, implement {@link score}; all other methods use it.
 *
 * @example
 * class LengthCrossEncoder extends BaseCrossEncoder {
 *   override async score(pairs: readonly TextPair[]): Promise<number[]> {
 *     return pairs.map(([, text]) => -text.length);
 *   }
 * }
 * const [shortest] = await new LengthCrossEncoder().rank("query", ["a long text", "short"], { topN: 1 });
 * console.log(shortest); // { index: 1, score: -5, text: "short" }
 */
export abstract class BaseCrossEncoder extends Runnable<
  readonly TextPair[],
  number[],
  CrossEncoderCallOptions
> {
  lc_namespace = ["secondpass", "cross_encoders"];

  /**
   * Scores pairs: [pairs] → [pairs] scores, in the caller's order. A pair's score does not depend on the others. Empty input gives
   * an empty list and loads nothing.
   */
  abstract score(pairs: readonly TextPair[], options?: ScoreOptions): Promise<number[]>;

  /** Calls {@link score} with callbacks and tracing. */
  override async invoke(pairs: readonly TextPair[], options?: CrossEncoderCallOptions): Promise<number[]> {
    return this._callWithConfig(
      async (input: readonly TextPair[], config) => {
        checkPairs(input);
        return input.length === 0
          ? []
          : this.checkCount(input, await this.score(input, scoreOptions(config)));
      },
      pairs,
      options,
    );
  }

  /**
   * Ranks texts by their scores for the query, best first; texts with equal scores keep the caller's order. Traced like
   * {@link invoke}, as one run from pairs to scores.
   *
   * @throws {InvalidOptionError} if `topN` is not a positive integer, `query` not a string, or `texts` not an array of strings
   */
  async rank(query: string, texts: readonly string[], options?: RankOptions): Promise<RankedText[]> {
    // Check topN first, so that an invalid one fails before the model runs.
    checkCallOptions(options, "rank");
    const topN = options?.topN ?? Number.POSITIVE_INFINITY;
    if (topN !== Number.POSITIVE_INFINITY) checkPositiveInteger("topN", topN);
    checkText(query, "query");
    checkTexts(texts);
    if (texts.length === 0) return [];
    const pairs = texts.map((text): TextPair => [query, text]);
    let sortKeys: readonly number[] = [];
    const scores = await this._callWithConfig(
      async (input: readonly TextPair[], config) => {
        const rankable = await this.scoreForRanking(input, scoreOptions(config));
        sortKeys = this.checkCount(input, rankable.sortKeys ?? rankable.scores);
        return [...this.checkCount(input, rankable.scores)];
      },
      pairs,
      options,
    );
    return orderByScore(sortKeys, topN).map((index) => ({
      index,
      score: scores[index] as number,
      text: texts[index] as string,
    }));
  }

  /** Scores pairs for {@link rank}. Override it if the order needs finer values than the scores. */
  protected async scoreForRanking(
    pairs: readonly TextPair[],
    options?: ScoreOptions,
  ): Promise<RankableScores> {
    return { scores: await this.score(pairs, options) };
  }

  private checkCount<Numbers extends readonly number[]>(
    pairs: readonly TextPair[],
    scores: Numbers,
  ): Numbers {
    if (scores.length !== pairs.length)
      throw new ScoreCountError(this.getName(), pairs.length, scores.length);
    return scores;
  }
}

/** Extracts the options of `score` from a config. Throws if the signal is already aborted. */
function scoreOptions(config: CrossEncoderCallOptions | undefined): ScoreOptions {
  config?.signal?.throwIfAborted();
  return { signal: config?.signal, onProgress: config?.onProgress };
}
