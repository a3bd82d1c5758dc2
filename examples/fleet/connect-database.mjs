import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { DatabaseUnavailableError } from "./database-unavailable-error.mjs";
import { isUnavailable } from "./is-unavailable.mjs";

/** Wait before a statement is sent again, in ms: doubled each time, up to the second. */
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1000;

/**
 * Connects to Postgres. `query` waits for a database that restarts, and sends the statement again: every statement that the fleet sends
 * by `query` may run twice without harm. Statements of a transaction use `connect` and are not repeated.
 * @param {string} url such as "postgres://user:password@host:5432/database"
 * @param {object} [options]
 * @param {number} [options.patienceMs] how long `query` waits for the database; then it throws a DatabaseUnavailableError. `@default 10000`
 * @param {number} [options.connections] largest number of connections. `@default 10`
 * @param {number} [options.efSearch] candidates of an HNSW search; at least the number of results. `@default 100`
 * @returns {pg.Pool}
 */
export function connectDatabase(url, { patienceMs = 10_000, connections = 10, efSearch = 100 } = {}) {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: patienceMs,
    application_name: "fleet",
    options: `-c hnsw.ef_search=${efSearch}`,
  });
  // A connection that breaks while idle would end the process without a listener; the next query opens another one.
  pool.on("error", () => undefined);

  /** @type {(text: string, values?: unknown[]) => Promise<pg.QueryResult>} */
  const once = pool.query.bind(pool);
  const query = async (/** @type {string} */ text, /** @type {unknown[]} */ values) => {
    const started = performance.now();
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        return await once(text, values);
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        const waitedMs = performance.now() - started;
        if (waitedMs + waitMs > patienceMs) throw new DatabaseUnavailableError(patienceMs, error);
        await sleep(waitMs);
      }
    }
  };
  return Object.assign(pool, { query });
}
