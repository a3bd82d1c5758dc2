import { Document } from "@langchain/core/documents";
import { BaseRetriever } from "@langchain/core/retrievers";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { EnsembleRetriever } from "@secondpass/retrievers-hybrid";

/** @typedef {{ content: string, metadata: Record<string, unknown> }} Source */

/** Retrieves documents from OpenSearch by a query that is made from the question. */
class OpenSearchRetriever extends BaseRetriever {
  lc_namespace = ["secondpass", "fleet"];

  /**
   * @param {import("@opensearch-project/opensearch").Client} client
   * @param {(question: string) => Promise<import("@opensearch-project/opensearch/api/_types/_common.query_dsl.js").QueryContainer>} queryOf
   */
  constructor(client, queryOf) {
    super({});
    this.client = client;
    this.queryOf = queryOf;
  }

  /**
   * @override
   * @param {string} question
   */
  async _getRelevantDocuments(question) {
    const { body } = await this.client.search({
      index: "chunks",
      body: { size: 20, query: await this.queryOf(question), _source: ["content", "metadata"] },
    });
    return body.hits.hits.map(({ _id, _source }) => {
      const { content, metadata } = /** @type {Source} */ (_source);
      return new Document({ ...(_id === undefined ? {} : { id: _id }), pageContent: content, metadata });
    });
  }
}

/**
 * The chain of search-chain.mjs with both halves in OpenSearch, which has BM25: an index with `content` as text and `embedding` as knn_vector.
 *
 * Type-checked, not run: there was no OpenSearch where it was written.
 * @param {object} parts
 * @param {import("@opensearch-project/opensearch").Client} parts.client
 * @param {import("@langchain/core/embeddings").EmbeddingsInterface} parts.embeddings
 * @param {import("@secondpass/cross-encoders").BaseCrossEncoder} parts.model
 */
export function openSearchChain({ client, embeddings, model }) {
  const words = new OpenSearchRetriever(client, async (question) => ({
    match: { content: { query: question } },
  }));
  const meaning = new OpenSearchRetriever(client, async (question) => ({
    knn: { embedding: { vector: await embeddings.embedQuery(question), k: 20 } },
  }));
  return new ContextualCompressionRetriever({
    baseRetriever: new EnsembleRetriever({ retrievers: [words, meaning], idKey: ({ id }) => id, k: 20 }),
    baseCompressor: new CrossEncoderReranker({ model, topN: 5 }),
  });
}
