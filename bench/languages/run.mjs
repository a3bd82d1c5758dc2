/**
 * Measures how the default pipeline, whose bundled models know only English, answers questions in other languages, and BM25 with each way to make terms of
 * Korean, Japanese, Chinese and Thai.
 *
 *     apt-get download debian-handbook installation-guide-amd64 debian-faq-ko debian-faq-ja debian-faq-ru debian-faq-zh-cn
 *     for package in *.deb; do dpkg-deb -x $package manuals; done
 *     npm run bench -- languages --manuals $PWD/manuals
 *
 * Thai has no manual: its set are the questions of Debian's installer, from the templates of its packages (`dpkg-deb -e PACKAGE.udeb FOLDER/PACKAGE`):
 *
 *     npm run bench -- languages --templates $PWD/templates --languages th
 *
 * Options: --manuals and --templates (the folders), --languages ko,ja,zh,ru,th, --limit (questions of each kind, spread over all; 1000).
 */
import { parseArgs } from "node:util";
import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { measureRanking } from "@secondpass/evaluation";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";
import { CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { BM25Retriever } from "@secondpass/retrievers-hybrid";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { mean } from "../support/deviation.mjs";
import { manualPassages } from "./manual-passages.mjs";
import { manualQuestions } from "./manual-questions.mjs";
import { templatePassages } from "./template-passages.mjs";

const LANGUAGES = { ko: "korean", ja: "japanese", zh: "chinese", ru: "russian", th: "thai", en: "english" };
const K = 20;

const { values: given } = parseArgs({
  options: {
    manuals: { type: "string" },
    templates: { type: "string" },
    languages: { type: "string", default: "ko,ja,zh,ru" },
    limit: { type: "string", default: "1000" },
  },
});
if (given.manuals === undefined && given.templates === undefined)
  throw new Error(
    "Expected --manuals FOLDER or --templates FOLDER; the head of languages/run.mjs says how to get one.",
  );

const embeddings = new HuggingFaceEmbeddings({ model: EMBEDDER_PATH });
const model = new HuggingFaceCrossEncoder({ model: RERANKER_PATH });
console.log("| language | questions (passages) | pipeline | nDCG@10 |\n|---|---|---|---:|");
for (const language of given.languages.split(",")) {
  const passages =
    language === "th" ? templatePassages(given.templates, language) : manualPassages(given.manuals, language);
  const documents = passages.map(({ id, text }) => ({ id, pageContent: text, metadata: {} }));
  const questions = spread(manualQuestions(passages, language), Number(given.limit));
  for (const [pipeline, answer] of await pipelinesOf(documents, language)) {
    const scores = { heading: [], words: [] };
    for (const { kind, text, grades } of questions) {
      const found = await answer(text);
      scores[kind].push(
        measureRanking(
          "ndcg@10",
          found.map(({ id }) => id),
          grades,
        ),
      );
    }
    for (const [kind, all] of Object.entries(scores)) {
      if (all.length === 0) continue;
      console.log(
        `| ${language} | ${all.length} by ${kind} (${passages.length}) | ${pipeline} | ${mean(all).toFixed(3)} |`,
      );
    }
  }
}
await Promise.all([embeddings.dispose(), model.dispose()]);

/** At most so many of each kind, spread over all. */
function spread(questions, limit) {
  return ["heading", "words"].flatMap((kind) => {
    const all = questions.filter((question) => question.kind === kind);
    const step = Math.max(1, all.length / limit);
    return all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
  });
}

/** Names of pipelines, and from a question to documents. */
async function pipelinesOf(documents, language) {
  const bm25 = async (analyzer) => {
    const retriever = await BM25Retriever.fromDocuments(documents, { analyzer, k: K });
    return (question) => retriever.invoke(question);
  };
  const vectors = await embeddings.embedDocuments(documents.map(({ pageContent }) => pageContent));
  const hybrid = async (unknownText) => {
    const store = new HybridStore(embeddings, { unknownText });
    await store.addVectors(vectors, documents);
    const retriever = store.asRetriever({ k: K });
    return (question) => retriever.invoke(question);
  };
  const reranked = async (unknown, first) => {
    const reranker = new CrossEncoderReranker({ model, topN: 10, blend: true, unknownText: unknown });
    return async (question) => reranker.compressDocuments(await first(question), question);
  };
  const [ignoring, minding] = [await hybrid("ignore"), await hybrid("lexical")];
  const terms =
    language === "th"
      ? { bigrams: bigramsOfThai, words: wordsBetweenSpaces, segmenter: { language: "none" } }
      : { bigrams: { cjk: "bigrams" }, words: { cjk: "words" }, segmenter: { cjk: "segmenter" } };
  return [
    ["BM25, bigrams", await bm25(terms.bigrams)],
    ["BM25, words", await bm25(terms.words)],
    ["BM25, Intl.Segmenter", await bm25(terms.segmenter)],
    [`BM25, language: ${LANGUAGES[language]}`, await bm25({ language: LANGUAGES[language] })],
    ["HybridStore and reranker, whatever the script", await reranked("rerank", ignoring)],
    ["HybridStore, default", minding],
    ["HybridStore and reranker, default", await reranked("keepOrder", minding)],
  ];
}

/** Runs of letters, as they are between spaces. */
function wordsBetweenSpaces(text) {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Each two neighbouring Thai characters, a mark counted to its letter; other words whole. */
function bigramsOfThai(text) {
  return wordsBetweenSpaces(text).flatMap((word) => {
    const characters = word.match(/\P{M}\p{M}*/gu) ?? [];
    if (characters.length < 2 || !/\p{Script=Thai}/u.test(word)) return [word];
    return characters.slice(1).map((character, i) => characters[i] + character);
  });
}
