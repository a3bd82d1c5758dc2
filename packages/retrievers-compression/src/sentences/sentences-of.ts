import type { LocatedSentence } from "./split-sentences.js";

/** A text and its sentences. */
export interface SentencesOf {
  readonly text: string;
  readonly sentences: readonly LocatedSentence[];
}

/** Indices of the sentences to score: headings only if there is nothing else. */
export function scoredSentences({ sentences }: SentencesOf): readonly number[] {
  const all = sentences.map((_, i) => i);
  const said = all.filter((i) => !sentences[i]!.isHeading);
  return said.length > 0 ? said : all;
}
