import { setTimeout as sleep } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { afterEach, beforeEach } from "@jest/globals";
import type { Connect } from "../../src/session/connection.js";
import { connectToWorker, spawnWorker } from "../../src/session/worker-connection.js";

/**
 * Starts workers as sessions do, and keeps a list of those of the test, in the order they were started; what a test leaves is
 * stopped after it. For the body of a `describe`.
 */
export function recordWorkers(): {
  readonly workers: Worker[];
  readonly spawn: () => Worker;
  readonly connect: Connect;
} {
  const workers: Worker[] = [];
  const spawn = () => {
    const worker = spawnWorker();
    workers.push(worker);
    return worker;
  };
  beforeEach(() => {
    workers.length = 0;
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  });
  return { workers, spawn, connect: connectToWorker(spawn) };
}

/** Waits until all have ended; those that have already count. */
export async function ended(workers: readonly Worker[]): Promise<void> {
  // A worker that has ended has the thread id -1.
  await Promise.all(
    workers.map((worker) => worker.threadId === -1 || new Promise((resolve) => worker.once("exit", resolve))),
  );
}

/** Waits for what comes by itself; the test's own time limit is the only one. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(1);
}
