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
  /** Called with the number of pairs done while a long call goes on. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Scores of pairs, and what to sort them by where that is finer than the score itself. */
export interface RankableScores {
  /** [pairs] what the caller sees. */
  readonly scores: readonly number[];
  /** [pairs] what decides the order, higher is better: logits, where an activation saturates. @default the scores */
  readonly sortKeys?: readonly number[];
}

/** One text of {@link BaseCrossEncoder.rank}. */
export interface RankedText {
  /** Place of the text in the caller's list. */
  readonly index: number;
  readonly score: number;
  readonly text: string;
}

/** Options of `invoke`: a Runnable's config and a scorer's options. */
export type CrossEncoderCallOptions = Partial<RunnableConfig> & ScoreOptions;

/** Options of {@link BaseCrossEncoder.rank}. */
export type RankOptions = CrossEncoderCallOptions & {
  /** How many texts to return. Minimum 1. @default all */
  readonly topN?: number;
};

/**
 * A model that reads a query and a candidate together and says how well they fit: higher is better, on a scale that
 * each model states. A Runnable from pairs to scores, so it can be traced, piped, retried and given fallbacks.
 *
 * To write one, implement {@link score}; everything else follows from it.
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
   * [pairs] → [pairs] scores, in the caller's order; a pair's score does not depend on the others. Empty input gives
   * an empty list and loads nothing.
   */
  abstract score(pairs: readonly TextPair[], options?: ScoreOptions): Promise<number[]>;

  /** {@link score} with callbacks and tracing. */
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
   * Puts texts in order of how well they answer the query: descending, equal ones in the caller's order. Traced like
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

  /** What {@link rank} calls. Override it where the score alone cannot tell the order. */
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

/** The scorer's part of a config; a call that was aborted before it began ends here. */
function scoreOptions(config: CrossEncoderCallOptions | undefined): ScoreOptions {
  config?.signal?.throwIfAborted();
  return { signal: config?.signal, onProgress: config?.onProgress };
}
