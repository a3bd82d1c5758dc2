import { findUnknownText, type UnknownText } from "@secondpass/core";
import { searchCorpus } from "../corpus/search-corpus.js";
import { unknownTextSentence } from "../terminal/unknown-text-sentence.js";
import type { AskAnswer, AskedPassage } from "./ask-answer.js";
import type { AskRequest } from "./ask-request.js";
import type { Collection } from "./collection.js";
import type { Library } from "./library.js";
import type { RememberedScores } from "./remembered-scores.js";
import type { Rerankers } from "./rerankers.js";

/**
 * Asks a collection.
 * @throws {LocalHttpError} 404 if the collection is gone, 400 for a model that is not offered
 * @throws {CommandError} if a model cannot be loaded or run
 */
export function ask(
  { library, rerankers }: { readonly library: Library; readonly rerankers: Rerankers },
  request: AskRequest,
  signal: AbortSignal,
): Promise<AskAnswer> {
  const { collection: id, model = rerankers.names[0] ?? "" } = request;
  return library.use(id, (collection) =>
    model === ""
      ? answer(collection, request, signal)
      : rerankers.use(model, async (reranker) => {
          return { ...(await answer(collection, request, signal, reranker)), model };
        }),
  );
}

async function answer(
  { index }: Collection,
  { question, mode, k, topN, threshold, blend, sentences }: AskRequest,
  signal: AbortSignal,
  reranker?: RememberedScores,
): Promise<AskAnswer> {
  const startedAt = performance.now();
  const warnings: string[] = [];
  const warn = (report: UnknownText, model: string, consequence: string) => {
    const sentence = unknownTextSentence(report, model, consequence);
    warnings.push(`${sentence} A multilingual model, such as ${report.recommended}, does.`);
  };
  if (mode === "hybrid") {
    // The store looks as well, and searches by words alone then.
    const options = { recommended: "intfloat/multilingual-e5-small", signal };
    const report = await findUnknownText(index.embeddings, question, options);
    if (report) warn(report, "The embedding model", "Words alone found the candidates.");
  }
  const found = await searchCorpus(index, {
    question,
    mode,
    k,
    topN,
    blend,
    sentences,
    signal,
    onUnknownText: (report) => warn(report, "The reranker", "The order of the first pass was kept."),
    ...(threshold !== undefined && { threshold }),
    ...(reranker && { reranker }),
  });
  const best = new Map(found.passages.map((passage) => [passage.placeBefore, passage]));
  const passages = found.proposed.map(({ path: _, ...candidate }): AskedPassage => {
    const one = best.get(candidate.placeBefore);
    return one === undefined ? candidate : { ...candidate, place: one.place, sentences: one.sentences };
  });
  const total = Math.round(performance.now() - startedAt);
  const { computed = 0, remembered = 0 } = reranker ?? {};
  return {
    question,
    mode,
    passages,
    warnings,
    milliseconds: { ...found.milliseconds, total },
    pairs: { computed, remembered },
  };
}
