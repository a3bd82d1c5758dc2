/**
 * Runs statements in one transaction: all changes are in the database once this resolves, and none if it rejects (unless the connection
 * broke during the commit, when either may be true).
 * @template Result
 * @param {import("pg").Pool} pool
 * @param {(client: import("pg").PoolClient) => Promise<Result>} statements
 * @returns {Promise<Result>}
 */
export async function inTransaction(pool, statements) {
  const client = await pool.connect();
  // While it is checked out, a connection that breaks reports it to us and not to the pool. The running statement rejects as well.
  const ignore = () => undefined;
  client.on("error", ignore);
  let failure;
  try {
    await client.query("BEGIN");
    const result = await statements(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    failure = error;
    await client.query("ROLLBACK").catch(ignore);
    throw error;
  } finally {
    client.off("error", ignore);
    // A connection on which something failed is not used again: its state is unknown.
    client.release(failure !== undefined);
  }
}
