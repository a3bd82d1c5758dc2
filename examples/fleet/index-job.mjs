import { Document } from "@langchain/core/documents";
import { inTransaction } from "./in-transaction.mjs";
import { PostgresVectorStore } from "./postgres-vector-store.mjs";
import { bossDatabase, INDEX_QUEUE } from "./start-queue.mjs";

/**
 * @typedef {object} Indexer what a worker needs to index documents
 * @property {import("pg").Pool} pool
 * @property {import("pg-boss")} boss
 * @property {import("@langchain/core/embeddings").EmbeddingsInterface} embeddings
 * @property {import("@secondpass/text-splitters").RecursiveCharacterTextSplitter} splitter with `addStartIndex`
 */

/**
 * Indexes the documents of a job. Writes the chunks and completes the job in one transaction: whenever the process ends, both are
 * done or neither is. If two workers have the same job, because one was considered lost, the result is the same: chunks have the same ids, and
 * the second worker replaces them by the same.
 *
 * A document that was changed or deleted meanwhile is left to the job that the change made.
 * @param {Indexer} indexer
 * @param {import("pg-boss").Job<{ ids: string[] }>} job
 * @param {AbortSignal} [signal]
 * @returns {Promise<number>} how many chunks were written
 */
export async function indexJob({ pool, boss, embeddings, splitter }, { id: jobId, data: { ids } }, signal) {
  const { rows: documents } = await pool.query(
    "SELECT id, content, metadata, revision FROM documents WHERE id = ANY($1) ORDER BY id",
    [ids],
  );
  /** @type {Document[]} */
  const chunks = [];
  for (const { id, content, metadata } of documents) {
    const parts = await splitter.createDocuments([content], [{ ...metadata, documentId: id }]);
    chunks.push(...parts.map((part, place) => new Document({ ...part, id: `${id}#${place}` })));
  }
  const vectors = await embeddings.embedDocuments(chunks.map(({ pageContent }) => pageContent));
  signal?.throwIfAborted();

  return inTransaction(pool, async (client) => {
    // The lock makes others with the same documents wait: another worker, or somebody who changes them.
    const { rows: current } = await client.query(
      "SELECT id, revision FROM documents WHERE id = ANY($1) ORDER BY id FOR UPDATE",
      [ids],
    );
    const revisions = new Map(current.map(({ id, revision }) => [id, revision]));
    const unchanged = new Set(
      documents.filter(({ id, revision }) => revisions.get(id) === revision).map(({ id }) => id),
    );
    await client.query("DELETE FROM chunks WHERE document_id = ANY($1)", [[...unchanged]]);
    const written = chunks.flatMap((chunk, at) =>
      unchanged.has(chunk.metadata.documentId) ? [{ chunk, vector: vectors[at] ?? [] }] : [],
    );
    await new PostgresVectorStore(embeddings, { pool: client }).addVectors(
      written.map(({ vector }) => vector),
      written.map(({ chunk }) => chunk),
    );
    await client.query("UPDATE documents SET indexed_revision = revision WHERE id = ANY($1)", [
      [...unchanged],
    ]);
    await boss.complete(INDEX_QUEUE, jobId, { chunks: written.length }, { db: bossDatabase(client) });
    return written.length;
  });
}
