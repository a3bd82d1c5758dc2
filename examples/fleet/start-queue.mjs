import PgBoss from "pg-boss";

/** Jobs `{ ids: documents to index }`. */
export const INDEX_QUEUE = "index-documents";
/** Where jobs end that failed too often, for a person to look at. */
export const FAILED_QUEUE = "index-documents-failed";

/**
 * pg-boss in the database of the documents. Each process that has one also looks for jobs whose worker is gone, and gives them to others.
 * @param {import("pg").Pool} pool its connections are used, so that a job can be part of a transaction
 * @param {object} [options]
 * @param {boolean} [options.migrate] create or change pg-boss's tables. `@default false`: throw if they are not as they should be
 * @param {number} [options.maintenanceSeconds] how often expired jobs are looked for. `@default 30`
 * @param {(error: unknown) => void} [options.onError] failures of that look; it is repeated anyway
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
    // It has cron jobs, too. We have none.
    schedule: false,
  });
  boss.on("error", onError);
  return boss.start();
}

/** @typedef {{ query(text: string, values?: unknown[]): Promise<import("pg").QueryResult> }} Queryable a pool, or the client of a transaction */

/**
 * What sends statements, as pg-boss wants it.
 * @param {Queryable} client
 * @returns {PgBoss.Db}
 */
export function bossDatabase(client) {
  return { executeSql: (text, values) => client.query(text, values) };
}
