/**
 * Measures the mistakes of a reranker that only compares words: how often a text that looks like an answer beats the passage that answers, and how well the best
 * score separates questions that a collection answers from those that it does not.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { areaUnderCurve } from "@secondpass/evaluation";
import { mean } from "../support/deviation.mjs";
import { readJsonLines } from "../support/read-json-lines.mjs";
import { Bm25 } from "./bm25.mjs";
import { readBeirSet } from "./dev-data.mjs";
import { RETRIEVED } from "./rankers.mjs";

const TRAIN_DATA = fileURLToPath(new URL("../../../shared/data/train/", import.meta.url));
/** Share of the training questions for which tools/train-mini-models makes no adversaries, by the same hash. */
const PROBED_SHARE = 0.04;

/** @param crossEncoder has `score(pairs)` */
export async function probe(crossEncoder, { limit = Infinity } = {}) {
  const written = JSON.parse(readFileSync(new URL("probes.json", import.meta.url), "utf8"));
  const lines = written.flatMap(([question, passage, negated, denial]) => [
    { kind: "question repeated", question, passage, lure: question },
    { kind: "denial", question, passage, lure: denial },
    { kind: "answer negated", question, passage, lure: negated },
  ]);
  const squad = heldOutQuestions().slice(0, limit);
  for (const { query: question, positive: passage } of squad) {
    lines.push({ kind: "question repeated (SQuAD)", question, passage, lure: question });
    const negated = negate(passage);
    if (negated) lines.push({ kind: "answer negated (SQuAD)", question, passage, lure: negated });
  }
  for (const { question, passage } of questionsOf("qed", limit)) {
    lines.push({ kind: "question repeated (qed)", question, passage, lure: question });
    lines.push({ kind: "denial (qed)", question, passage, lure: `Nothing is known about ${question}.` });
    const negated = negate(sentenceFor(question, passage));
    if (negated) lines.push({ kind: "sentence negated (qed)", question, passage, lure: negated });
  }
  const scores = await crossEncoder.score(
    lines.flatMap(({ question, passage, lure }) => [
      [question, passage],
      [question, lure],
    ]),
  );
  const wins = new Map();
  for (const [i, { kind }] of lines.entries()) {
    if (!wins.has(kind)) wins.set(kind, []);
    wins.get(kind).push(scores[2 * i + 1] > scores[2 * i] ? 1 : 0);
  }
  return {
    lures: [...wins].map(([kind, won]) => ({ kind, count: won.length, share: mean(won) })),
    auc: await unanswerableAuc(crossEncoder, squad),
  };
}

/** Area under the curve of the best score, answerable questions against others: a word changed to another question's, and the passage taken away. */
async function unanswerableAuc(crossEncoder, pairs) {
  const passages = [...new Set(pairs.map(({ positive }) => positive))].map((text) => ({ id: text, text }));
  const bm25 = new Bm25(passages);
  const best = async (question, without) => {
    const found = bm25.search(question, RETRIEVED + 1).filter((text) => text !== without);
    const scores = await crossEncoder.score(found.slice(0, RETRIEVED).map((text) => [question, text]));
    return Math.max(...scores, 0);
  };
  const [answerable, changed, removed] = [[], [], []];
  for (const [i, { query, positive }] of pairs.entries()) {
    answerable.push(await best(query));
    removed.push(await best(query, positive));
    const other = changeWord(query, positive, pairs[(i + 7) % pairs.length].query);
    if (other) changed.push(await best(other));
  }
  return {
    "a word changed": areaUnderCurve(answerable, changed),
    "the passage removed": areaUnderCurve(answerable, removed),
    either: areaUnderCurve(answerable, [...changed, ...removed]),
  };
}

function heldOutQuestions() {
  const file = `${TRAIN_DATA}nqg-squad.jsonl.gz`;
  if (!existsSync(file)) return [];
  return readJsonLines(file).filter(
    ({ query }) =>
      createHash("sha256").update(query.trim().replaceAll(/\s+/g, " ")).digest()[0] < 256 * PROBED_SHARE,
  );
}

function questionsOf(name, limit) {
  const { documents, queries } = readBeirSet(name, Math.min(limit, 300));
  const texts = new Map(documents.map(({ id, text }) => [id, text]));
  return queries.flatMap(({ text, grades }) => {
    const id = [...grades].find(([id, grade]) => grade > 0 && texts.has(id))?.[0];
    return id === undefined ? [] : [{ question: text, passage: texts.get(id) }];
  });
}

/** The sentence of a passage that shares most words with a question. */
function sentenceFor(question, passage) {
  const questionWords = new Set(question.toLowerCase().split(/\W+/));
  const shared = (text) =>
    text
      .toLowerCase()
      .split(/\W+/)
      .filter((word) => questionWords.has(word)).length;
  return passage.split(/(?<=[.!?]) +/).reduce((best, text) => (shared(text) > shared(best) ? text : best));
}

const AUXILIARY = /\b(is|are|was|were|can|could|will|would|should|has|had|may|must)\b(?! not\b)/;

function negate(sentence) {
  return AUXILIARY.test(sentence) ? sentence.replace(AUXILIARY, "$1 not") : undefined;
}

function changeWord(question, passage, other) {
  const long = (text) => [...text.matchAll(/[\p{L}-]{5,}/gu)].map(([word]) => word);
  const strange = long(other).find((word) => !passage.includes(word) && !question.includes(word));
  const own = long(question).filter((word) => !/^(?:which|where|whose|would|could|should|about)$/.test(word));
  const word = own.find((one) => passage.includes(one)) ?? own[0];
  return strange && word ? question.replace(word, strange) : undefined;
}
