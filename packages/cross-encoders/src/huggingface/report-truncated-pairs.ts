import { nextTurn, type TextPair } from "@secondpass/core";
import type { CrossEncoder, PredictOptions } from "@secondpass/hf-runtime";

/** A pair that is longer than the model's limit. */
export interface TruncatedPair {
  /** Index of the pair in the call's list. */
  readonly index: number;
  /** Tokens of the whole pair, including special tokens. */
  readonly tokens: number;
  /** Tokens that the model reads. */
  readonly maxLength: number;
}

/** Calls `onTruncated` for each pair that the model cuts. */
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
    // Counting is fast but synchronous, so give other work a turn between texts.
    await nextTurn();
    signal?.throwIfAborted();
  }
}
