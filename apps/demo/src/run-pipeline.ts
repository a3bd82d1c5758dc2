import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import { FaissStore } from "@secondpass/vectorstore-faiss";
import type { DemoOptions } from "./demo-options.js";
import type { DemoResult } from "./demo-result.js";
import { loadCorpus } from "./load-corpus.js";
import { openCrossEncoder } from "./open-cross-encoder.js";
import { openIndex } from "./open-index.js";
import type { ProgressBars } from "./progress-bars.js";
import { Timings } from "./timings.js";

/** The notebook's pipeline, from files to the best passages. */
export async function runPipeline(options: DemoOptions, bars: ProgressBars): Promise<DemoResult> {
  const { query, chunkSize, chunkOverlap, k, topN } = options;
  const timings = new Timings();

  // Texts, cut into chunks that a model reads whole.
  const documents = await timings.measure("load", () => loadCorpus(options));
  const splitter = new RecursiveCharacterTextSplitter({ chunkSize, chunkOverlap, addStartIndex: true });
  const chunks = await timings.measure("split", () => splitter.splitDocuments(documents));

  // An index of the chunks' vectors.
  await using embeddings = new HuggingFaceEmbeddings({ model: options.embeddings, onProgress: bars.model });
  const build = () =>
    FaissStore.fromDocuments(chunks, embeddings, { onProgress: bars.store, embedBatchSize: 64 });
  const index = await timings.measure("index", () => openIndex(options.index, chunks, embeddings, build));

  // The first pass: the k chunks whose vectors lie nearest to the query's.
  const baseRetriever = index.store.asRetriever({ k });
  const candidates = await timings.measure("first pass", () => baseRetriever.invoke(query));

  // The second: those candidates, read together with the query, the best topN kept.
  await using crossEncoder = await openCrossEncoder(options, bars);
  const baseCompressor = new CrossEncoderReranker({ model: crossEncoder, topN });
  const compressionRetriever = new ContextualCompressionRetriever({ baseRetriever, baseCompressor });
  const best = await timings.measure("both passes", () => compressionRetriever.invoke(query));

  return { query, documents, chunks, reused: index.reused, candidates, best, timings };
}
