import type { UnknownText } from "@secondpass/core";

/**
 * Says that a model does not know a language, and what happens instead. Which model to take is for the caller to say: a flag, or a word to an agent.
 *
 * @param model such as "the reranker"
 * @param consequence a sentence
 */
export function unknownTextSentence({ knownShare }: UnknownText, model: string, consequence: string): string {
  const share = Math.round(knownShare * 100);
  return `${model} does not know the language of these texts (${share} % of their letters). ${consequence}`;
}
