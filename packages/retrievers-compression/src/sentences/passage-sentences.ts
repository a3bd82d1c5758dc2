import type { LocatedSentence } from "./split-sentences.js";

/** A text and its sentences. */
export interface PassageSentences {
  readonly text: string;
  readonly sentences: readonly LocatedSentence[];
}

/** Indices of the sentences to score: headings only if there is nothing else. */
export function scoredSentences({ sentences }: PassageSentences): readonly number[] {
  const all = sentences.map((_, i) => i);
  const prose = all.filter((i) => !sentences[i]!.isHeading);
  return prose.length > 0 ? prose : all;
}
