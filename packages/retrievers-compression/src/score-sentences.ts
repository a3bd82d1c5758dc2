import type { RunnableConfig } from "@langchain/core/runnables";
import { type RerankingModel, rankTexts } from "./reranking-model.js";
import { type PassageSentences, scoredSentences } from "./sentences/passage-sentences.js";
import { sentenceText } from "./sentences/split-sentences.js";

/** The score of each sentence of a passage; undefined for one that is not scored. */
export type SentenceScores = readonly (number | undefined)[];

/**
 * Scores the sentences of all passages in one call of the model, each sentence alone with the query. Equal sentences are scored once.
 * @returns [passages][sentences]
 * @throws {ResultCountError} if the number of scores differs from the number of texts
 */
export async function scoreSentences(
  model: RerankingModel,
  query: string,
  passages: readonly PassageSentences[],
  config: RunnableConfig,
): Promise<SentenceScores[]> {
  const texts = passages.map((passage) => {
    const scored = new Set(scoredSentences(passage));
    return passage.sentences.map((sentence, i) =>
      scored.has(i) ? sentenceText(passage.text, sentence) : undefined,
    );
  });
  const distinct = [...new Set(texts.flat().filter((text) => text !== undefined))];
  if (distinct.length === 0) return passages.map(() => []);
  const ranked = await rankTexts(model, query, distinct, Number.POSITIVE_INFINITY, config);
  const scores = new Map(ranked.map(({ index, score }) => [distinct[index], score]));
  return texts.map((ofPassage) => ofPassage.map((text) => scores.get(text)));
}
