import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { EnsembleRetriever } from "@secondpass/retrievers-hybrid";
import { FullTextRetriever } from "./full-text-retriever.mjs";
import { PostgresVectorStore } from "./postgres-vector-store.mjs";

/**
 * Words and meaning, fused by rank, then reranked. Nothing in here knows how many servers there are.
 * @param {object} parts
 * @param {import("pg").Pool} parts.pool
 * @param {import("@langchain/core/embeddings").EmbeddingsInterface} parts.embeddings for the question, the same model as the workers'
 * @param {import("@secondpass/cross-encoders").BaseCrossEncoder} parts.model an HttpCrossEncoder at the load balancer's address
 * @param {number} [parts.candidates] that each half finds, and that are reranked together. `@default 20`
 * @param {number} [parts.topN] that are returned. `@default 5`
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
