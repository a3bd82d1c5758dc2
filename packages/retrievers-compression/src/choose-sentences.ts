import { orderByScore } from "@secondpass/core";
import type { SentenceScores } from "./score-sentences.js";

/** Which sentences of a passage count. */
export interface SentenceChoice {
  /** At most so many, the best. */
  readonly topSentences: number;
  /** Whether a score is good enough. */
  readonly passes: (score: number) => boolean;
}

/** Places of the best sentences, in the order of the text; of equal ones the first. */
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
