import { checkCallOptions, checkPairs, type TextPair } from "@secondpass/core";
import { BaseCrossEncoder, type ScoreOptions } from "./base-cross-encoder.js";
import { sequenceRatio } from "./sequence-ratio.js";

/**
 * A cross-encoder for tests, without a model and with the same scores on every machine. A pair's score is the similarity of its two
 * texts, 0 to 1, as LangChain Python's class of this name computes it (`difflib.SequenceMatcher.ratio`).
 *
 * @example
 * const model = new FakeCrossEncoder();
 * console.log(await model.score([["index", "index"], ["index", "in"]])); // [1, 0.5714285714285714]
 */
export class FakeCrossEncoder extends BaseCrossEncoder {
  override lc_serializable = true;

  static override lc_name(): string {
    return "FakeCrossEncoder";
  }

  override async score(pairs: readonly TextPair[], options?: ScoreOptions): Promise<number[]> {
    checkCallOptions(options, "score");
    options?.signal?.throwIfAborted();
    checkPairs(pairs);
    return pairs.map(([query, text]) => sequenceRatio(query, text));
  }
}
