import { FAILED_QUEUE, INDEX_QUEUE } from "./start-queue.mjs";

/**
 * @typedef {object} FleetStatus
 * @property {number} documents
 * @property {number} waiting documents whose present revision is not indexed
 * @property {number} chunks
 * @property {number} jobs waiting or running jobs
 * @property {number} failed abandoned jobs; `indexAgain` makes new ones
 */

/**
 * @param {import("pg").Pool} pool
 * @returns {Promise<FleetStatus>}
 */
export async function fleetStatus(pool) {
  const { rows } = await pool.query(
    `SELECT
       (SELECT count(*) FROM documents)::int AS documents,
       (SELECT count(*) FROM documents WHERE indexed_revision IS DISTINCT FROM revision)::int AS waiting,
       (SELECT count(*) FROM chunks)::int AS chunks,
       (SELECT count(*) FROM pgboss.job WHERE name = $1 AND state < 'completed')::int AS jobs,
       (SELECT count(*) FROM pgboss.job WHERE name = $2)::int AS failed`,
    [INDEX_QUEUE, FAILED_QUEUE],
  );
  return rows[0];
}
