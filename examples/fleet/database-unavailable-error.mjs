import { SecondpassError } from "@secondpass/core";

/** Thrown if the database did not answer in the time that a caller waits. `cause` has the last failure. */
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
