/**
 * A LangGraph agent that searches a folder of documents in two passes:
 *
 *     node langgraph-agent.mjs --folder ../../docs/guide "What does save write to a folder?"
 *
 * Its model is a fake one that needs no network: it searches once, and quotes the best passage. See `model` below for a real one.
 */
import { parseArgs } from "node:util";
import { createRetrieverTool } from "@langchain/classic/tools/retriever";
import { AIMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { DirectoryLoader } from "@secondpass/document-loaders";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import { createAgent } from "langchain";
import { CitedRetriever } from "./cited-retriever.mjs";

const { values, positionals } = parseArgs({
  options: { folder: { type: "string" } },
  allowPositionals: true,
});
const question = positionals.join(" ");
if (values.folder === undefined || question === "") {
  console.error(
    'Expected a folder and a question: node langgraph-agent.mjs --folder docs "How is it saved?"',
  );
  process.exit(1);
}

const embeddings = new HuggingFaceEmbeddings({ model: EMBEDDER_PATH });
const reranker = new HuggingFaceCrossEncoder({ model: RERANKER_PATH });
const documents = await new DirectoryLoader(values.folder).load();
const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 500, chunkOverlap: 100 });
const store = await HybridStore.fromDocuments(await splitter.splitDocuments(documents), embeddings);
const retriever = new ContextualCompressionRetriever({
  baseRetriever: store.asRetriever({ k: 20 }),
  baseCompressor: new CrossEncoderReranker({ model: reranker, topN: 3, blend: true }),
});

const search = createRetrieverTool(new CitedRetriever(retriever), {
  name: "search_documents",
  description:
    "Searches the user's documents. Answers passages, the best first, each below its file and lines.",
});

// A real one is a line: `const model = "anthropic:claude-sonnet-4-5";`, with `npm install @langchain/anthropic`.
const model = fakeModel()
  .respondWithTools([{ name: "search_documents", args: { query: question } }])
  .respond((messages) => {
    const [best = "nothing was found"] = String(messages.at(-1)?.content).split(/\n\n(?=\S+:\d+-\d+\n)/);
    return new AIMessage(`I quote ${best}`);
  });

const agent = createAgent({
  model,
  tools: [search],
  systemPrompt: "Answer from the documents only. Search first, and name file and lines of what you quote.",
});
try {
  const { messages } = await agent.invoke({ messages: [{ role: "user", content: question }] });
  console.log(messages.at(-1)?.text);
} finally {
  store.dispose();
  await Promise.all([embeddings.dispose(), reranker.dispose()]);
}
