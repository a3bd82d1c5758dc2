import type { Document } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { BaseCrossEncoder } from "@secondpass/cross-encoders";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import { FaissStore, type StoreProgress } from "@secondpass/vectorstore-faiss";

/** Loaded documents → chunks that a model reads whole. */
export function splitDocuments(
  documents: Document[],
  chunkSize: number,
  chunkOverlap: number,
): Promise<Document[]> {
  const splitter = new RecursiveCharacterTextSplitter({ chunkSize, chunkOverlap, addStartIndex: true });
  return splitter.splitDocuments(documents);
}

/** Chunks → an index of their vectors. */
export function indexChunks(
  chunks: Document[],
  embeddings: EmbeddingsInterface,
  onProgress?: (progress: StoreProgress) => void,
): Promise<FaissStore> {
  return FaissStore.fromDocuments(chunks, embeddings, { onProgress, embedBatchSize: 64 });
}

/** The first pass: the k chunks whose vectors lie nearest to the query's. */
export function firstPass(store: FaissStore, k: number) {
  return store.asRetriever({ k });
}

/** Both passes: the first pass's candidates, read together with the query by a cross-encoder, the best topN kept. */
export function secondPass(store: FaissStore, crossEncoder: BaseCrossEncoder, k: number, topN: number) {
  return new ContextualCompressionRetriever({
    baseRetriever: firstPass(store, k),
    baseCompressor: new CrossEncoderReranker({ model: crossEncoder, topN }),
  });
}
