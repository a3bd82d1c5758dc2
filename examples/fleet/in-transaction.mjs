/**
 * Runs statements in one transaction: all of it is in the database once this resolves, and nothing if it rejects (unless the connection
 * broke during the commit, when either may be true).
 * @template Result
 * @param {import("pg").Pool} pool
 * @param {(client: import("pg").PoolClient) => Promise<Result>} statements
 * @returns {Promise<Result>}
 */
export async function inTransaction(pool, statements) {
  const client = await pool.connect();
  // While it is ours, a connection that breaks tells us and not the pool. The statement under way rejects as well.
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
    // A connection on which something failed is not used again: nobody knows what state it is in.
    client.release(failure !== undefined);
  }
}
