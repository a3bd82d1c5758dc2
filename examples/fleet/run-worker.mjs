import { setTimeout as sleep } from "node:timers/promises";
import { enqueue } from "./add-documents.mjs";
import { DatabaseUnavailableError } from "./database-unavailable-error.mjs";
import { inTransaction } from "./in-transaction.mjs";
import { indexJob } from "./index-job.mjs";
import { isUnavailable } from "./is-unavailable.mjs";
import { bossDatabase, INDEX_QUEUE } from "./start-queue.mjs";

/**
 * Takes one job after another until the signal is aborted, and finishes the job in progress. Run as many such processes as there
 * are cores to embed with.
 *
 * If the database is unavailable, it waits. A job that fails for another reason is tried again later, after longer and longer pauses; a job with several
 * documents is then cut into jobs of one document each, so that a document that cannot be indexed does not block others.
 * @param {import("./index-job.mjs").Indexer} indexer
 * @param {object} options
 * @param {AbortSignal} options.signal
 * @param {number} [options.pollMs] time between checks of an empty queue. `@default 500`
 * @param {(chunks: number) => void} [options.onIndexed]
 * @param {(error: unknown) => void} [options.onError]
 */
export async function runWorker(
  indexer,
  { signal, pollMs = 500, onIndexed = () => undefined, onError = () => undefined },
) {
  const { boss } = indexer;
  while (!signal.aborted) {
    // Also returns an empty list if the database is unavailable.
    const [job] = /** @type {import("pg-boss").Job<{ ids: string[] }>[]} */ (await boss.fetch(INDEX_QUEUE));
    if (job === undefined) {
      await sleep(pollMs, undefined, { signal }).catch(() => undefined);
      continue;
    }
    try {
      onIndexed(await indexJob(indexer, job));
    } catch (error) {
      onError(error);
      await putBack(indexer, job, error).catch(onError);
    }
  }
}

/**
 * Reports a failed job. If this fails as well, the job expires, as if this worker had been lost.
 * @param {import("./index-job.mjs").Indexer} indexer
 * @param {import("pg-boss").Job<{ ids: string[] }>} job
 * @param {unknown} error
 */
async function putBack({ pool, boss }, { id, data: { ids } }, error) {
  const isPassing = isUnavailable(error) || error instanceof DatabaseUnavailableError;
  if (ids.length === 1 || isPassing) {
    const message = error instanceof Error ? error.message : String(error);
    await boss.fail(INDEX_QUEUE, id, { message });
    return;
  }
  await inTransaction(pool, async (client) => {
    await boss.complete(INDEX_QUEUE, id, { cutInto: ids.length }, { db: bossDatabase(client) });
    await enqueue({ client, boss }, ids, 1);
  });
}
