import { QdrantVectorStore } from "@langchain/qdrant";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { EnsembleRetriever } from "@secondpass/retrievers-hybrid";
import { FullTextRetriever } from "../full-text-retriever.mjs";

/**
 * The chain of search-chain.mjs with the vectors in Qdrant; documents, words and jobs stay in Postgres. Workers then write vectors by
 * `store.addVectors(vectors, chunks, { ids })` before the transaction: with ids made from the chunks' (UUIDs, as Qdrant requires), a job
 * that is done twice writes the same points twice.
 *
 * Type-checked, not run: there was no Qdrant where it was written.
 * @param {object} parts
 * @param {import("pg").Pool} parts.pool
 * @param {string} parts.url such as "http://qdrant:6333"
 * @param {import("@langchain/core/embeddings").EmbeddingsInterface} parts.embeddings
 * @param {import("@secondpass/cross-encoders").BaseCrossEncoder} parts.model
 */
export async function qdrantChain({ pool, url, embeddings, model }) {
  const store = await QdrantVectorStore.fromExistingCollection(embeddings, { url, collectionName: "chunks" });
  return new ContextualCompressionRetriever({
    baseRetriever: new EnsembleRetriever({
      retrievers: [new FullTextRetriever({ pool, k: 20 }), store.asRetriever({ k: 20 })],
      k: 20,
    }),
    baseCompressor: new CrossEncoderReranker({ model, topN: 5 }),
  });
}
