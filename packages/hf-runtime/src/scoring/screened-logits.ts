import type { TextPair } from "@secondpass/core";
import type { LogitsOptions, LogitsSource } from "./logits-source.js";
import { screeningMargin } from "./screening-margin.js";

/**
 * int8 logits for all pairs, float32 again for those that can still reach the best `topN`. The best `topN` of the result
 * are float32's, by value and by order, as long as int8 drifts less than the margin; the rest keep their int8 logits and
 * stand below them. Without `topN` everything is float32. For models of one label.
 */
export function screenedLogits(exact: LogitsSource, quick: LogitsSource): LogitsSource {
  return async (pairs, options) => {
    const { topN = pairs.length } = options;
    if (topN >= pairs.length || topN < 1) return exact(pairs, options);
    const screened = await quick(pairs, quietly(options));
    const scores = screened.map((logits) => logits[0]!);
    const results = [...screened];
    const rescored = new Map<number, number>();

    for (;;) {
      const reach = withinReach(scores, rescored, topN);
      if (reach.length === 0) break;
      const rows = await exact(
        reach.map((index): TextPair => pairs[index]!),
        { ...quietly(options), positions: reach },
      );
      reach.forEach((index, i) => {
        results[index] = rows[i]!;
        rescored.set(index, rows[i]![0]!);
      });
    }
    options.onProgress?.(pairs.length, pairs.length);
    return results;
  };
}

/**
 * Pairs not yet rescored whose int8 score, given the drift seen so far, may hide one of the best `topN`. At first those near
 * int8's own best: few more than float32 will ask for, and one run instead of two.
 */
function withinReach(
  scores: readonly number[],
  rescored: ReadonlyMap<number, number>,
  topN: number,
): number[] {
  const known = rescored.size === 0 ? scores : [...rescored.values()];
  const last = [...known].sort((a, b) => b - a)[topN - 1]!;
  const drifts = [...rescored].map(([index, exact]) => exact - scores[index]!);
  const margin = screeningMargin(scores, drifts);
  // Not "at least": a score that is no number rules nothing out.
  return [...scores.keys()].filter((index) => !rescored.has(index) && !(scores[index]! + margin < last));
}

/** The same options without progress, which counts every pair once however often it is scored. */
function quietly({ onProgress: _, ...options }: LogitsOptions): LogitsOptions {
  return options;
}
