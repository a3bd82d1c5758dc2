import { setTimeout as sleep } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { afterEach, beforeEach } from "@jest/globals";
import type { Connect } from "../../src/session/connection.js";
import { connectToWorker, spawnWorker } from "../../src/session/worker-connection.js";

/**
 * Starts workers like sessions do, and keeps a list of the test's workers in the order of their start. Workers that a test leaves are stopped
 * after it. For the body of a `describe`.
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

/** Waits until all workers have ended. */
export async function ended(workers: readonly Worker[]): Promise<void> {
  // A worker that has ended has the thread id -1.
  await Promise.all(
    workers.map((worker) => worker.threadId === -1 || new Promise((resolve) => worker.once("exit", resolve))),
  );
}

/** Waits until a condition is true, up to the test's own time limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(1);
}
