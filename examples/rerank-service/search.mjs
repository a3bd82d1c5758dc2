/**
 * Searches a folder by words, and lets a rerank server decide. Needs no model and no native code here:
 *
 *     node search.mjs --folder ../../docs/guide --url http://localhost:8080 "What can a reranker not do?"
 */
import { parseArgs } from "node:util";
import { HttpCrossEncoder } from "@secondpass/cross-encoders/http";
import { DirectoryLoader } from "@secondpass/document-loaders";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { BM25Retriever } from "@secondpass/retrievers-hybrid";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";

const { values, positionals } = parseArgs({
  options: { folder: { type: "string" }, url: { type: "string", default: "http://localhost:8080" } },
  allowPositionals: true,
});
const question = positionals.join(" ");
if (values.folder === undefined || question === "") {
  console.error('Expected a folder and a question: node search.mjs --folder docs "How is it saved?"');
  process.exit(1);
}

const documents = await new DirectoryLoader(values.folder).load();
const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 500, chunkOverlap: 100 });
const retriever = new ContextualCompressionRetriever({
  baseRetriever: await BM25Retriever.fromDocuments(await splitter.splitDocuments(documents), { k: 20 }),
  baseCompressor: new CrossEncoderReranker({
    // Any server of the field: TEI, vLLM, Infinity, Cohere, Jina… `protocol` names it.
    model: new HttpCrossEncoder({ url: values.url, protocol: "tei", timeoutMs: 10_000 }),
    topN: 3,
    blend: true,
  }),
});

try {
  for (const { pageContent, metadata } of await retriever.invoke(question)) {
    const { from, to } = metadata.loc.lines;
    console.log(`${metadata.source}:${from}-${to} ${metadata.relevanceScore.toFixed(3)}\n${pageContent}\n`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
