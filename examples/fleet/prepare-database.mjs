import { checkPositiveInteger } from "@secondpass/core";
import { FAILED_QUEUE, INDEX_QUEUE, startQueue } from "./start-queue.mjs";

/**
 * Creates the tables and the queues, if they do not exist.
 *
 * `documents` is authoritative: it has everything to find. `chunks` is made from it: the PostgresVectorStore searches its `embedding`, the
 * FullTextRetriever its `words`. `indexed_revision` is the revision of a document that its chunks were made from.
 * @param {import("pg").Pool} pool
 * @param {object} options
 * @param {number} options.dimensions of the embedding model
 * @param {number} [options.jobSeconds] a job that takes longer is given to another worker. `@default 120`
 * @param {number} [options.retries] how often a job is tried again after its worker failed or was lost. `@default 20`
 */
export async function prepareDatabase(pool, { dimensions, jobSeconds = 120, retries = 20 }) {
  checkPositiveInteger("dimensions", dimensions);
  await pool.query(`
    CREATE EXTENSION IF NOT EXISTS vector;
    CREATE TABLE IF NOT EXISTS documents (
      id text PRIMARY KEY,
      content text NOT NULL,
      metadata jsonb NOT NULL,
      revision bigint NOT NULL DEFAULT 1,
      indexed_revision bigint
    );
    CREATE INDEX IF NOT EXISTS documents_to_index ON documents (id) WHERE indexed_revision IS DISTINCT FROM revision;
    CREATE TABLE IF NOT EXISTS chunks (
      id text PRIMARY KEY,
      document_id text NOT NULL REFERENCES documents ON DELETE CASCADE,
      content text NOT NULL,
      metadata jsonb NOT NULL,
      embedding vector(${dimensions}) NOT NULL,
      words tsvector GENERATED ALWAYS AS (to_tsvector('english', content)) STORED
    );
    CREATE INDEX IF NOT EXISTS chunks_document ON chunks (document_id);
    CREATE INDEX IF NOT EXISTS chunks_words ON chunks USING gin (words);
  `);
  const boss = await startQueue(pool, { migrate: true });
  await boss.createQueue(FAILED_QUEUE, { name: FAILED_QUEUE });
  const settings = {
    name: INDEX_QUEUE,
    expireInSeconds: jobSeconds,
    retryLimit: retries,
    retryDelay: 1,
    retryBackoff: true,
    deadLetter: FAILED_QUEUE,
  };
  await boss.createQueue(INDEX_QUEUE, settings);
  await boss.updateQueue(INDEX_QUEUE, settings);
  await boss.stop({ graceful: false });
}

/**
 * Builds the HNSW index over the vectors. Do so once most chunks are there: that is faster than keeping it up to date from the start, and
 * below some hundred thousand chunks the exact search is fast enough.
 * @param {import("pg").Pool} pool
 */
export async function buildVectorIndex(pool) {
  await pool.query(
    "CREATE INDEX IF NOT EXISTS chunks_embedding ON chunks USING hnsw (embedding vector_cosine_ops)",
  );
}
