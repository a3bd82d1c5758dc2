import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import type { DemoOptions } from "./demo-options.js";
import type { DemoResult } from "./demo-result.js";
import { corpusOf, loadCorpus } from "./load-corpus.js";
import { openCrossEncoder } from "./open-cross-encoder.js";
import { openIndex } from "./open-index.js";
import type { ProgressBars } from "./progress-bars.js";
import { Timings } from "./timings.js";

/** Runs the whole pipeline, from files to the best passages. */
export async function runPipeline(options: DemoOptions, bars: ProgressBars): Promise<DemoResult> {
  const { query, chunkSize, chunkOverlap, mode, k, rerank, topN } = options;
  const timings = new Timings();

  // Texts, cut into chunks that fit into a model.
  const documents = await timings.measure("load", () => loadCorpus(options));
  const splitter = new RecursiveCharacterTextSplitter({ chunkSize, chunkOverlap, addStartIndex: true });
  const chunks = await timings.measure("split", () => splitter.splitDocuments(documents));

  // An index of the chunks' vectors and words.
  await using embeddings = new HuggingFaceEmbeddings({ model: options.embeddings, onProgress: bars.model });
  const build = () =>
    HybridStore.fromDocuments(chunks, embeddings, { onProgress: bars.store, embedBatchSize: 64 });
  const place = {
    directory: options.index,
    corpus: corpusOf(options),
    force: options.force,
    onReplace: bars.log,
  };
  const index = await timings.measure("index", () => openIndex(place, chunks, embeddings, build));

  // The first pass: the k chunks that are best by words and meaning, or by one of them.
  const baseRetriever = index.store.asRetriever({ k, mode });
  const candidates = await timings.measure("first pass", () => baseRetriever.invoke(query));
  const found = {
    query,
    documents,
    chunks,
    reused: index.reused,
    mode,
    candidates,
    reranked: rerank,
    timings,
  };
  if (!rerank) return { ...found, best: candidates.slice(0, topN) };

  // The second pass: the cross-encoder reads those candidates together with the query. The orders of both passes decide, and the best topN are kept.
  await using crossEncoder = await openCrossEncoder(options, bars);
  const baseCompressor = new CrossEncoderReranker({ model: crossEncoder, topN, blend: true });
  const compressionRetriever = new ContextualCompressionRetriever({ baseRetriever, baseCompressor });
  const best = await timings.measure("both passes", () => compressionRetriever.invoke(query));

  return { ...found, best };
}
