import { raceWithSignal } from "@secondpass/core";
import type { RunOptions } from "../contracts/run-options.js";
import { type BatchSource, planBatches } from "./plan-batches.js";
import type { TokenBatch } from "./token-batch.js";

/**
 * Forward passes one call may have under way for each that its session computes at a time: one computing and one waiting, so that no
 * worker idles.
 */
export const PENDING_PASSES = 2;

/**
 * Computes one result per input, in batches of like length, and returns them in the caller's order.
 * Stops between batches when the signal aborts, and rejects with its reason.
 */
export async function runBatches<T>(
  source: BatchSource,
  compute: (batch: TokenBatch) => Promise<readonly T[]>,
  { signal, onProgress }: RunOptions = {},
): Promise<T[]> {
  signal?.throwIfAborted();
  const results = new Array<T>(source.count);
  const underWay = new Set<Promise<void>>();
  let done = 0;
  let failure: { readonly error: unknown } | undefined;

  const start = (batch: TokenBatch): void => {
    const pass: Promise<void> = compute(batch)
      .then((rows) => {
        if (signal?.aborted || failure) return;
        batch.indices.forEach((index, row) => {
          results[index] = rows[row]!;
        });
        done += batch.rows;
        onProgress?.(done, source.count);
      })
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => underWay.delete(pass));
    underWay.add(pass);
  };
  const settle = async (some: Promise<unknown>): Promise<void> => {
    await raceWithSignal(some, signal);
    if (failure) throw failure.error;
  };

  for await (const batch of planBatches(source, signal)) {
    signal?.throwIfAborted();
    start(batch);
    if (underWay.size >= PENDING_PASSES * source.parallelism) await settle(Promise.race(underWay));
  }
  await settle(Promise.all(underWay));
  return results;
}
