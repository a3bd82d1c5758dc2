import type { UnknownText } from "@secondpass/core";

/**
 * Says that a model does not know a language, and the consequence. The caller adds which model to use instead.
 *
 * @param model such as "the reranker"
 * @param consequence a sentence
 */
export function unknownTextSentence({ knownShare }: UnknownText, model: string, consequence: string): string {
  const share = Math.round(knownShare * 100);
  return `${model} does not know the language of these texts (${share} % of their letters). ${consequence}`;
}
