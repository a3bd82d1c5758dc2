import { nextTurn, type TextPair } from "@secondpass/core";
import type { CrossEncoder, PredictOptions } from "@secondpass/hf-runtime";
import type { RankableScores } from "../base-cross-encoder.js";
import { type Relevance, relevanceScores } from "./relevance.js";
import { textWindows } from "./text-windows.js";

/**
 * Reads long texts whole: every window of every text is scored, all in one run, and a text's score is its best window's.
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
    // Counting is quick but synchronous: others have their turn between texts.
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
