import type { Analyzer } from "../analysis/analyzer.js";

/** Analyzer and Unicode data that made the words of a saved index. */
export interface WordsOrigin {
  /** Id of the analyzer that made the terms; null if it has none. */
  readonly analyzer: string | null;
  /** Version of JavaScript's Unicode data, which determines letters and words. */
  readonly unicode: string;
}

/** The origin of the words that an analyzer makes in this process. */
export function wordsOrigin({ analyzerId = undefined }: Pick<Analyzer, "analyzerId">): WordsOrigin {
  return { analyzer: analyzerId ?? null, unicode: globalThis.process?.versions?.icu ?? "unknown" };
}

/** Whether two origins certainly give the same words. */
export function isSameOrigin(one: WordsOrigin, other: WordsOrigin): boolean {
  return one.analyzer !== null && one.analyzer === other.analyzer && one.unicode === other.unicode;
}
