import { measureRanking, pairedBootstrap } from "@secondpass/evaluation";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import { mean } from "../support/deviation.mjs";
import { coverage } from "./coverage.mjs";
import { DEFAULT, PLAIN } from "./rankers.mjs";

/**
 * Figures of one set: `{ set, queries, measure, values: { system: 0–1 }, bm25: "wink" | "ours", gain: { difference, low, high } }`, one a measure. `values.BM25` is
 * that of the stronger plain BM25 there. The gain is that of our default over it, with its 95 % interval by a paired bootstrap over queries.
 */

/** Ranks a set's documents and judges the best ten. */
export async function judgeRanking(set, rankers, note) {
  const ranked = await rankers.rank(set.documents, set.queries, note);
  const measures = { "nDCG@10": "ndcg@10", "MRR@10": "mrr@10" };
  return figuresOf(set.name, measures, ranked, (name, ids, i) =>
    measureRanking(name, ids, set.queries[i].grades),
  );
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
  const hit = (spans, ranges) => (coverage(spans, ranges) > 0 ? 1 : 0);
  const measures = {
    "reference characters in top 3": [3, coverage],
    "reference characters in top 5": [5, coverage],
    "hit in top 3": [3, hit],
  };
  return figuresOf("chunking_evaluation", measures, ranked, ([count, of], ids, i) =>
    of(
      questions[i].spans,
      ids.slice(0, count).map((id) => chunks.get(id)),
    ),
  );
}

/** @param {(measure: unknown, ids: readonly string[], query: number) => number} judge of one query */
function figuresOf(set, measures, ranked, judge) {
  return Promise.all(
    Object.entries(measures).map(async ([measure, of]) => {
      const all = mapValues(ranked, (rankings) => rankings.map((ids, i) => judge(of, ids, i)));
      const { [PLAIN.wink]: wink, [PLAIN.ours]: ours, ...byQuery } = all;
      const bm25 = mean(ours) >= mean(wink) ? "ours" : "wink";
      const plain = { wink, ours }[bm25];
      const gain = await pairedBootstrap(byQuery[DEFAULT], plain);
      const values = mapValues({ BM25: plain, ...byQuery }, mean);
      return { set, queries: plain.length, measure, values, bm25, gain };
    }),
  );
}

const mapValues = (object, of) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, of(value)]));
