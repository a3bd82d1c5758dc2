import type { Analyzer } from "../analysis/analyzer.js";

/** What the words of a saved index depend on. */
export interface WordsOrigin {
  /** Id of the analyzer that made the terms; null if it has none. */
  readonly analyzer: string | null;
  /** Version of the data by which JavaScript tells letters and words apart. */
  readonly unicode: string;
}

/** Of the words that an analyzer makes here. */
export function wordsOrigin({ analyzerId = undefined }: Pick<Analyzer, "analyzerId">): WordsOrigin {
  return { analyzer: analyzerId ?? null, unicode: globalThis.process?.versions?.icu ?? "unknown" };
}

/** Whether words are sure to be the same. */
export function isSameOrigin(one: WordsOrigin, other: WordsOrigin): boolean {
  return one.analyzer !== null && one.analyzer === other.analyzer && one.unicode === other.unicode;
}
