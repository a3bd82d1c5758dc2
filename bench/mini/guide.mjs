import { readdirSync, readFileSync } from "node:fs";
import { CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";

const GUIDE = new URL("../../docs/guide/", import.meta.url);
const CANDIDATES = 20;

/** How many questions on this repository's guide have a chunk that answers in the first place: by each first pass, and after the second. */
export async function judgeGuide({ embeddings, crossEncoder }) {
  const questions = JSON.parse(readFileSync(new URL("guide-questions.json", import.meta.url), "utf8"));
  const files = readdirSync(GUIDE).filter((name) => name.endsWith(".md"));
  const splitter = RecursiveCharacterTextSplitter.fromLanguage("markdown", {
    chunkSize: 500,
    chunkOverlap: 100,
  });
  const chunks = await splitter.createDocuments(
    files.map((name) => readFileSync(new URL(name, GUIDE), "utf8")),
  );
  const store = await HybridStore.fromDocuments(chunks, embeddings);
  const rerank = (blend) =>
    new CrossEncoderReranker({ model: crossEncoder, topN: 3, ...(blend && { blend: true }) });
  const systems = {
    lexical: (question) => store.asRetriever({ k: 3, mode: "lexical" }).invoke(question),
    dense: (question) => store.asRetriever({ k: 3, mode: "dense" }).invoke(question),
    hybrid: (question) => store.asRetriever({ k: 3 }).invoke(question),
    "hybrid + reranker": async (question) => second(question, rerank(false)),
    "hybrid + reranker, blended": async (question) => second(question, rerank(true)),
  };
  async function second(question, reranker) {
    const found = await store.asRetriever({ k: CANDIDATES }).invoke(question);
    return reranker.compressDocuments(found, question);
  }
  const figures = [];
  for (const [system, search] of Object.entries(systems)) {
    let [first, three] = [0, 0];
    for (const [question, phrase] of questions) {
      const texts = (await search(question)).map(({ pageContent }) => pageContent);
      if (texts[0]?.includes(phrase)) first += 1;
      if (texts.some((text) => text.includes(phrase))) three += 1;
    }
    figures.push({ system, first, three, questions: questions.length });
  }
  await store.dispose();
  return figures;
}
