import { Document } from "@langchain/core/documents";
import { VectorStore } from "@langchain/core/vectorstores";
import { checkPositiveInteger, InvalidOptionError } from "@secondpass/core";

/**
 * A LangChain vector store over the table `chunks`, with only the methods that a VectorStore needs. Scores are cosine distances, as with LangChain's
 * PGVectorStore; equal ones are in the order of ids. A filter is an object that a chunk's metadata must contain: `{ source: "guide.md" }`.
 */
export class PostgresVectorStore extends VectorStore {
  /**
   * @param {import("@langchain/core/embeddings").EmbeddingsInterface} embeddings
   * @param {{ pool: import("./start-queue.mjs").Queryable }} fields a pool, or the client of a transaction, which then includes the writes
   */
  constructor(embeddings, { pool }) {
    super(embeddings, {});
    this.pool = pool;
  }

  /** @override */
  _vectorstoreType() {
    return "postgres";
  }

  /**
   * @override
   * @param {import("@langchain/core/documents").DocumentInterface[]} documents
   */
  async addDocuments(documents) {
    const vectors = await this.embeddings.embedDocuments(documents.map(({ pageContent }) => pageContent));
    return this.addVectors(vectors, documents);
  }

  /**
   * Writes chunks, all or none. A chunk whose id exists replaces the old one.
   * @override
   * @param {number[][]} vectors
   * @param {import("@langchain/core/documents").DocumentInterface[]} documents with an `id`, and `metadata.documentId`: a row of `documents`
   * @returns {Promise<string[]>} their ids
   */
  async addVectors(vectors, documents) {
    if (vectors.length !== documents.length)
      throw new InvalidOptionError("vectors", `${documents.length} vectors, one for each document`, vectors);
    const ids = documents.map(({ id }) => {
      if (id === undefined) throw new InvalidOptionError("documents", "documents with an id", id);
      return id;
    });
    await this.pool.query(
      `INSERT INTO chunks (id, document_id, content, metadata, embedding)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::vector[])
       ON CONFLICT (id) DO UPDATE SET document_id = excluded.document_id, content = excluded.content,
         metadata = excluded.metadata, embedding = excluded.embedding`,
      [
        ids,
        documents.map(({ metadata }) => metadata.documentId),
        documents.map(({ pageContent }) => pageContent),
        documents.map(({ metadata }) => JSON.stringify(metadata)),
        vectors.map((vector) => JSON.stringify(vector)),
      ],
    );
    return ids;
  }

  /**
   * @override
   * @param {number[]} query
   * @param {number} k
   * @param {object | string} [filter]
   * @returns {Promise<[Document, number][]>}
   */
  async similaritySearchVectorWithScore(query, k, filter) {
    if (typeof filter === "string") throw new InvalidOptionError("filter", "an object", filter);
    // A condition that is always true would cost nothing, but the planner might not use the index.
    const where = filter === undefined ? "" : "WHERE metadata @> $3::jsonb";
    const { rows } = await this.pool.query(
      // The HNSW index orders only by distance.
      `SELECT * FROM (
         SELECT id, content, metadata, embedding <=> $1 AS distance FROM chunks ${where} ORDER BY distance LIMIT $2
       ) AS nearest ORDER BY distance, id`,
      [
        JSON.stringify(query),
        checkPositiveInteger("k", k),
        ...(filter === undefined ? [] : [JSON.stringify(filter)]),
      ],
    );
    return rows.map(({ id, content, metadata, distance }) => [
      new Document({ id, pageContent: content, metadata }),
      distance,
    ]);
  }

  /**
   * @override
   * @param {{ ids?: string[] }} params of chunks
   */
  async delete({ ids = [] }) {
    await this.pool.query("DELETE FROM chunks WHERE id = ANY($1)", [ids]);
  }
}
