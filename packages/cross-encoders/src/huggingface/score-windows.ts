import { nextTurn, type TextPair } from "@secondpass/core";
import type { CrossEncoder, PredictOptions } from "@secondpass/hf-runtime";
import type { RankableScores } from "../base-cross-encoder.js";
import { type Relevance, relevanceScores } from "./relevance.js";
import { textWindows } from "./text-windows.js";

/**
 * Scores long texts completely, in windows: every window of every text is scored, in one run, and a text's score is that of its best window.
 */
export async function scoreWindows(
  encoder: CrossEncoder,
  pairs: readonly TextPair[],
  relevance: Relevance,
  options: Omit<PredictOptions, "activation">,
): Promise<RankableScores> {
  const windows: { readonly pair: number; readonly texts: TextPair }[] = [];
  for (const [pair, [query, text]] of pairs.entries()) {
    const countTokens = (window: string) => encoder.countTokens(query, window, options);
    for (const window of textWindows(text, { countTokens, maxTokens: encoder.maxLength })) {
      windows.push({ pair, texts: [query, window] });
    }
    // Counting is fast but synchronous, so give other work a turn between texts.
    await nextTurn();
    options.signal?.throwIfAborted();
  }
  const logits = await encoder.logits(
    windows.map(({ texts }) => texts),
    options,
  );
  const { scores, sortKeys } = relevanceScores(logits, relevance);
  const best = new Map<number, number>();
  windows.forEach(({ pair }, window) => {
    const known = best.get(pair);
    if (known === undefined || sortKeys[window]! > sortKeys[known]!) best.set(pair, window);
  });
  const ofBest = (values: readonly number[]) => pairs.map((_, pair) => values[best.get(pair)!]!);
  return { scores: ofBest(scores), sortKeys: ofBest(sortKeys) };
}
