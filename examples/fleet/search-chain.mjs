import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { EnsembleRetriever } from "@secondpass/retrievers-hybrid";
import { FullTextRetriever } from "./full-text-retriever.mjs";
import { PostgresVectorStore } from "./postgres-vector-store.mjs";

/**
 * Searches by words and meaning, fuses by rank, then reranks. The chain does not depend on the number of servers.
 * @param {object} parts
 * @param {import("pg").Pool} parts.pool
 * @param {import("@langchain/core/embeddings").EmbeddingsInterface} parts.embeddings for the question, the same model as the workers'
 * @param {import("@secondpass/cross-encoders").BaseCrossEncoder} parts.model an HttpCrossEncoder at the load balancer's address
 * @param {number} [parts.candidates] number of chunks that each half finds, and that are reranked together. `@default 20`
 * @param {number} [parts.topN] number of returned chunks. `@default 5`
 */
export function searchChain({ pool, embeddings, model, candidates = 20, topN = 5 }) {
  return new ContextualCompressionRetriever({
    baseRetriever: new EnsembleRetriever({
      retrievers: [
        new FullTextRetriever({ pool, k: candidates }),
        new PostgresVectorStore(embeddings, { pool }).asRetriever({ k: candidates }),
      ],
      idKey: ({ id }) => id,
      k: candidates,
    }),
    baseCompressor: new CrossEncoderReranker({ model, topN }),
  });
}
