import { checkPositiveInteger, InvalidOptionError } from "@secondpass/core";
import { inTransaction } from "./in-transaction.mjs";
import { bossDatabase, INDEX_QUEUE } from "./start-queue.mjs";

/**
 * @typedef {object} SourceDocument
 * @property {string} id unique; adding a document whose id exists replaces the old one
 * @property {string} content
 * @property {Record<string, unknown>} [metadata] in every chunk's metadata. `@default {}`
 */

/**
 * Writes documents, and in the same transaction the jobs that index them. Skips documents that have not changed.
 * @param {{ pool: import("pg").Pool, boss: import("pg-boss") }} fleet
 * @param {readonly SourceDocument[]} documents
 * @param {object} [options]
 * @param {number} [options.documentsPerJob] `@default 8`
 * @returns {Promise<number>} number of new or changed documents
 * @throws {InvalidOptionError} if an id occurs twice, or a text has a NUL character, which Postgres cannot store
 */
export async function addDocuments({ pool, boss }, documents, { documentsPerJob = 8 } = {}) {
  checkPositiveInteger("documentsPerJob", documentsPerJob);
  checkDocuments(documents);
  if (documents.length === 0) return 0;
  return inTransaction(pool, async (client) => {
    // In the order in which workers lock documents, to avoid deadlocks.
    const { rows } = await client.query(
      `INSERT INTO documents (id, content, metadata)
       SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[]) ORDER BY 1
       ON CONFLICT (id) DO UPDATE
         SET content = excluded.content, metadata = excluded.metadata, revision = documents.revision + 1
         WHERE (documents.content, documents.metadata) IS DISTINCT FROM (excluded.content, excluded.metadata)
       RETURNING id`,
      [
        documents.map(({ id }) => id),
        documents.map(({ content }) => content),
        documents.map(({ metadata = {} }) => JSON.stringify(metadata)),
      ],
    );
    await enqueue(
      { client, boss },
      rows.map(({ id }) => id),
      documentsPerJob,
    );
    return rows.length;
  });
}

/**
 * Makes jobs for all documents whose present revision is not indexed: after a job ended in the queue of failures, or the queue was lost.
 * @param {{ pool: import("pg").Pool, boss: import("pg-boss") }} fleet
 * @returns {Promise<number>} how many documents
 */
export async function indexAgain({ pool, boss }, { documentsPerJob = 8 } = {}) {
  checkPositiveInteger("documentsPerJob", documentsPerJob);
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query(
      "SELECT id FROM documents WHERE indexed_revision IS DISTINCT FROM revision ORDER BY id",
    );
    await enqueue(
      { client, boss },
      rows.map(({ id }) => id),
      documentsPerJob,
    );
    return rows.length;
  });
}

/**
 * Removes documents with their chunks. Running jobs for them then write nothing.
 * @param {import("pg").Pool} pool
 * @param {readonly string[]} ids
 * @returns {Promise<number>} number of removed documents
 */
export async function removeDocuments(pool, ids) {
  const { rowCount } = await pool.query(
    "DELETE FROM documents WHERE id IN (SELECT id FROM documents WHERE id = ANY($1) ORDER BY id FOR UPDATE)",
    [ids],
  );
  return rowCount ?? 0;
}

/**
 * @param {{ client: import("pg").PoolClient, boss: import("pg-boss") }} fleet
 * @param {readonly string[]} ids
 * @param {number} perJob
 */
export async function enqueue({ client, boss }, ids, perJob) {
  const jobs = [];
  for (let at = 0; at < ids.length; at += perJob)
    jobs.push({ name: INDEX_QUEUE, data: { ids: ids.slice(at, at + perJob) } });
  if (jobs.length > 0) await boss.insert(jobs, { db: bossDatabase(client) });
}

/** @param {readonly SourceDocument[]} documents */
function checkDocuments(documents) {
  const seen = new Set();
  for (const { id, content } of documents) {
    if (typeof id !== "string" || id === "" || seen.has(id))
      throw new InvalidOptionError("id", "a text that no other document of the call has", id);
    if (typeof content !== "string" || content.includes("\0"))
      throw new InvalidOptionError("content", `a text without NUL characters in the document ${id}`, content);
    seen.add(id);
  }
}
