import { SecondpassError } from "@secondpass/core";

/** The database did not answer for as long as a caller is willing to wait. `cause` has the last failure. */
export class DatabaseUnavailableError extends SecondpassError {
  /** @override */
  name = "DatabaseUnavailableError";

  /**
   * @param {number} patienceMs
   * @param {unknown} cause
   */
  constructor(patienceMs, cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(
      `Expected the database to answer within ${patienceMs} ms, got "${why}". Is it running and reachable?`,
      { cause },
    );
    this.patienceMs = patienceMs;
  }
}
