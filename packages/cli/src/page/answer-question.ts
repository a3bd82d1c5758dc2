import type { UnknownText } from "@secondpass/core";
import { searchCorpus } from "../corpus/search-corpus.js";
import { unknownTextSentence } from "../terminal/unknown-text-sentence.js";
import type { Collection } from "./collection.js";
import type { Library } from "./library.js";
import type { AnswerPassage, PageAnswer } from "./page-answer.js";
import type { PageQuestion } from "./page-question.js";
import type { RememberedScores } from "./remembered-scores.js";
import type { Rerankers } from "./rerankers.js";

/**
 * Answers a question from a collection.
 * @throws {LocalHttpError} 404 if the collection is gone, 400 for a model that is not offered
 * @throws {CommandError} if the index or a model cannot be loaded, or a model cannot be run
 */
export function answerQuestion(
  { library, rerankers }: { readonly library: Library; readonly rerankers: Rerankers },
  request: PageQuestion,
  signal: AbortSignal,
): Promise<PageAnswer> {
  const { collection: id, model = rerankers.names[0] ?? "" } = request;
  return library.use(
    id,
    (collection) =>
      model === ""
        ? answer(collection, request, signal)
        : rerankers.use(model, async (reranker) => {
            return { ...(await answer(collection, request, signal, reranker)), model };
          }),
    signal,
  );
}

async function answer(
  collection: Collection,
  { question, mode, k, topN, threshold, blend, sentences }: PageQuestion,
  signal: AbortSignal,
  reranker?: RememberedScores,
): Promise<PageAnswer> {
  const startedAt = performance.now();
  const warnings: string[] = [];
  const found = await searchCorpus(collection.index, {
    question,
    mode,
    k,
    topN,
    blend,
    sentences,
    signal,
    onUnknownText: (report, pass) => void warnings.push(unknownText(report, pass)),
    ...(threshold !== undefined && { threshold }),
    ...(reranker && { reranker }),
  });
  const best = new Map(found.passages.map((passage) => [passage.placeBefore, passage]));
  const passages = await Promise.all(
    found.proposed.map(async ({ path: _, ...candidate }): Promise<AnswerPassage> => {
      const one = best.get(candidate.placeBefore);
      const format = collection.formatOf(candidate);
      if (one === undefined) return { ...candidate, format };
      const context = await collection.contextOf(candidate);
      return { ...candidate, format, place: one.place, sentences: one.sentences, context };
    }),
  );
  const total = Math.round(performance.now() - startedAt);
  const { computed = 0, remembered = 0 } = reranker ?? {};
  return {
    collection: collection.facts,
    question,
    mode,
    passages,
    warnings,
    milliseconds: { ...found.milliseconds, total },
    pairs: { computed, remembered },
  };
}

/** By pass: the model that does not know a language, and the consequence. */
const UNKNOWN = {
  first: ["The embedding model", "Words alone found the candidates."],
  second: ["The reranker", "The order of the first pass was kept."],
} as const;

function unknownText(report: UnknownText, pass: "first" | "second"): string {
  const [model, consequence] = UNKNOWN[pass];
  const sentence = unknownTextSentence(report, model, consequence);
  return `${sentence} A multilingual model, such as ${report.recommended}, does.`;
}
