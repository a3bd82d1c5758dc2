import PgBoss from "pg-boss";

/** Jobs `{ ids: documents to index }`. */
export const INDEX_QUEUE = "index-documents";
/** Queue of jobs that failed too often, for a person to look at. */
export const FAILED_QUEUE = "index-documents-failed";

/**
 * Starts pg-boss in the database of the documents. Each process with a queue also looks for jobs whose worker is lost, and gives them to others.
 * @param {import("pg").Pool} pool its connections are used, so that a job can be part of a transaction
 * @param {object} [options]
 * @param {boolean} [options.migrate] create or change pg-boss's tables. `@default false`: throw if they do not fit
 * @param {number} [options.maintenanceSeconds] time between checks for expired jobs. `@default 30`
 * @param {(error: unknown) => void} [options.onError] called with failures of that check, which is repeated anyway
 * @returns {Promise<PgBoss>} started; `stop()` ends it
 */
export async function startQueue(
  pool,
  { migrate = false, maintenanceSeconds = 30, onError = () => undefined } = {},
) {
  const boss = new PgBoss({
    db: bossDatabase(pool),
    migrate,
    maintenanceIntervalSeconds: maintenanceSeconds,
    // pg-boss has cron jobs, too; the fleet uses none.
    schedule: false,
  });
  boss.on("error", onError);
  return boss.start();
}

/** @typedef {{ query(text: string, values?: unknown[]): Promise<import("pg").QueryResult> }} Queryable a pool, or the client of a transaction */

/**
 * Adapts a pool or a client to pg-boss's interface for statements.
 * @param {Queryable} client
 * @returns {PgBoss.Db}
 */
export function bossDatabase(client) {
  return { executeSql: (text, values) => client.query(text, values) };
}
