import { readdirSync, readFileSync } from "node:fs";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import { RETRIEVED } from "./rankers.mjs";

const GUIDE = new URL("../../docs/guide/", import.meta.url);

/** Number of questions on this repository's guide whose first chunk answers: by each first pass, and after the second. */
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
  const both = (blend) =>
    new ContextualCompressionRetriever({
      baseRetriever: store.asRetriever({ k: RETRIEVED }),
      baseCompressor: new CrossEncoderReranker({ model: crossEncoder, topN: 3, blend }),
    });
  const retrievers = {
    lexical: store.asRetriever({ k: 3, mode: "lexical" }),
    dense: store.asRetriever({ k: 3, mode: "dense" }),
    hybrid: store.asRetriever({ k: 3 }),
    "hybrid + reranker": both(false),
    "hybrid + reranker, blended": both(true),
  };
  const figures = [];
  for (const [system, retriever] of Object.entries(retrievers)) {
    let [first, three] = [0, 0];
    for (const [question, phrase] of questions) {
      const texts = (await retriever.invoke(question)).map(({ pageContent }) => pageContent);
      if (texts[0]?.includes(phrase)) first += 1;
      if (texts.some((text) => text.includes(phrase))) three += 1;
    }
    figures.push({ system, first, three, questions: questions.length });
  }
  await store.dispose();
  return figures;
}
