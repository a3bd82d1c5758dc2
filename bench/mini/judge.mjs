import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import { coverage, mean, ndcgAt, reciprocalRankAt } from "./metrics.mjs";

/** Figures of one set: `{ set, queries, measure, values: { system: 0–1 } }`, one a measure. */

/** Ranks a set's documents and judges the best ten. */
export async function judgeRanking(set, rankers, note) {
  const ranked = await rankers.rank(set.documents, set.queries, note);
  const measures = { "nDCG@10": ndcgAt, "MRR@10": reciprocalRankAt };
  return Object.entries(measures).map(([measure, of]) => ({
    set: set.name,
    queries: set.queries.length,
    measure,
    values: mapValues(ranked, (rankings) =>
      mean(rankings.map((ids, i) => of(10, ids, set.queries[i].grades))),
    ),
  }));
}

/**
 * Cuts the corpora into chunks (500 characters, 100 of overlap), ranks all chunks of all corpora for each question, and counts
 * how much of the reference spans the best hold.
 */
export async function judgeChunks({ corpora, questions }, rankers, note) {
  const splitter = new RecursiveCharacterTextSplitter({
    chunkSize: 500,
    chunkOverlap: 100,
    addStartIndex: true,
  });
  const chunks = new Map();
  for (const [corpus, source] of corpora) {
    for (const { pageContent, metadata } of await splitter.createDocuments([source])) {
      const start = metadata.startIndex;
      const id = `${corpus} ${start}`;
      chunks.set(id, { id, text: pageContent, corpus, start, end: start + pageContent.length });
    }
  }
  const ranked = await rankers.rank([...chunks.values()], questions, note);
  const found = (count, of) => (rankings) =>
    mean(
      rankings.map((ids, i) =>
        of(
          questions[i].spans,
          ids.slice(0, count).map((id) => chunks.get(id)),
        ),
      ),
    );
  const hit = (spans, ranges) => (coverage(spans, ranges) > 0 ? 1 : 0);
  const measures = {
    "reference characters in top 3": found(3, coverage),
    "reference characters in top 5": found(5, coverage),
    "hit in top 3": found(3, hit),
  };
  return Object.entries(measures).map(([measure, of]) => ({
    set: "chunking_evaluation",
    queries: questions.length,
    measure,
    values: mapValues(ranked, of),
  }));
}

const mapValues = (object, of) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, of(value)]));
