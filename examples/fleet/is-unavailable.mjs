/** Failures of a connection, by Node's codes. */
const CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"]);
/** Postgres' classes: connection exceptions, shutdown and start-up, and too many connections. */
const SQL_STATES = /^(08\w{3}|57P0\d|53300)$/;
/** Messages of `pg` without a code. */
const MESSAGES =
  /^(Connection terminated|timeout (exceeded|expired)|Client has encountered a connection error)/;

/**
 * Whether an error means that the database cannot be reached now, rather than that it rejected a statement.
 * @param {unknown} error
 */
export function isUnavailable(error) {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return CODES.has(code) || SQL_STATES.test(code) || MESSAGES.test(error.message);
}
