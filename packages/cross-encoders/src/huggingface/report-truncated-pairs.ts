import { nextTurn, type TextPair } from "@secondpass/core";
import type { CrossEncoder, PredictOptions } from "@secondpass/hf-runtime";

/** A pair that is longer than the model reads. */
export interface TruncatedPair {
  /** Place of the pair in the call's list. */
  readonly index: number;
  /** Tokens of the whole pair, special tokens counted. */
  readonly tokens: number;
  /** Tokens that are read. */
  readonly maxLength: number;
}

/** Calls `onTruncated` for each pair that the model will cut. */
export async function reportTruncatedPairs(
  encoder: Pick<CrossEncoder, "countTokens" | "maxLength">,
  pairs: readonly TextPair[],
  onTruncated: (pair: TruncatedPair) => void,
  { signal, ...choice }: Pick<PredictOptions, "prompt" | "promptName" | "signal">,
): Promise<void> {
  const { maxLength } = encoder;
  for (const [index, [query, text]] of pairs.entries()) {
    const tokens = encoder.countTokens(query, text, choice);
    if (tokens > maxLength) onTruncated({ index, tokens, maxLength });
    // Counting is quick but synchronous: others have their turn between texts.
    await nextTurn();
    signal?.throwIfAborted();
  }
}
