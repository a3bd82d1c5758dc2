import { raceWithSignal } from "@secondpass/core";
import type { RunOptions } from "../contracts/run-options.js";
import { type BatchSource, planBatches } from "./plan-batches.js";
import type { TokenBatch } from "./token-batch.js";

/**
 * Number of pending forward passes of a call for each parallel pass of its session: one that computes and one that waits, so that no worker
 * is idle.
 */
export const PENDING_PASSES = 2;

/**
 * Computes one result for each input, in batches of similar length, and returns them in the caller's order. If the signal aborts, it stops
 * between batches and rejects with the signal's reason.
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
    while (batch.whenIdle && underWay.size >= source.parallelism) await settle(Promise.race(underWay));
    start(batch);
    if (underWay.size >= PENDING_PASSES * source.parallelism) await settle(Promise.race(underWay));
  }
  await settle(Promise.all(underWay));
  return results;
}
