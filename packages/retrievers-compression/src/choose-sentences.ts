import { orderByScore } from "@secondpass/core";
import type { SentenceScores } from "./score-sentences.js";

/** Settings by which a `SentenceHighlighter` chooses the sentences of a passage. */
export interface SentenceChoice {
  /** Maximum number of sentences to choose. */
  readonly topSentences: number;
  /** Whether a score is good enough. */
  readonly passes: (score: number) => boolean;
}

/** Chooses the best sentences. @returns their indices in the order of the text; of equally good ones the first are chosen */
export function chooseSentences(scores: SentenceScores, { topSentences, passes }: SentenceChoice): number[] {
  const passing: number[] = [];
  for (const [i, score] of scores.entries()) {
    if (score !== undefined && !Number.isNaN(score) && passes(score)) passing.push(i);
  }
  return orderByScore(passing.map((i) => scores[i]!))
    .slice(0, topSentences)
    .map((i) => passing[i]!)
    .sort((a, b) => a - b);
}
