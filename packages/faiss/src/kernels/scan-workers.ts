import type { Worker } from "node:worker_threads";
import { onAbort } from "@secondpass/core";
import { ScanThread } from "./scan-thread.js";
import type { ThreadTask } from "./thread-task.js";
import type { WasmArena } from "./wasm-arena.js";

/** Threads that scan shared memory and link graphs in it, so that several cores help and the event loop stays free. */
export class ScanWorkers {
  readonly #threads: readonly ScanThread[];
  /** Numbers of the memories, for the threads. */
  readonly #numbers = new WeakMap<WasmArena, number>();
  /** Tells the threads to release a memory once this thread no longer uses it. */
  readonly #forgotten = new FinalizationRegistry<number>((number) => {
    for (const thread of this.#threads) thread.forget(number);
  });
  #nextArena = 0;
  #isStopped = false;

  /** @param onFailure called once if a thread ends unexpectedly; the others are then ended as well */
  constructor(WorkerClass: typeof Worker, threads: number, onFailure: () => void = () => {}) {
    const onEnd = () => {
      if (this.#isStopped) return;
      onFailure();
      void this.stop();
    };
    this.#threads = Array.from({ length: threads }, () => new ScanThread(WorkerClass, onEnd));
  }

  /** Number of threads. */
  get threads(): number {
    return this.#threads.length;
  }

  /**
   * Runs one task on each thread, at most as many as there are threads.
   * @returns the tasks that were not done because their threads have ended
   * @throws ScanWorkerError; the signal's reason
   */
  async run<T extends ThreadTask>(arena: WasmArena, tasks: readonly T[], signal?: AbortSignal): Promise<T[]> {
    signal?.throwIfAborted();
    const undo = onAbort(signal, () => {
      for (const task of tasks) task.cancel();
    });
    const number = this.#numberOf(arena);
    const running = tasks.map((task, i) => this.#threads[i]!.run(task, number, arena.memory));
    // Wait for all before the tasks' memory is used again, also if one fails or the signal aborts.
    const outcomes = await Promise.allSettled(running);
    undo();
    signal?.throwIfAborted();
    const left: T[] = [];
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome.status === "rejected") throw outcome.reason;
      if (!outcome.value) left.push(tasks[i]!);
    }
    return left;
  }

  /** Ends the threads. Safe to call twice. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #numberOf(arena: WasmArena): number {
    let number = this.#numbers.get(arena);
    if (number === undefined) {
      number = this.#nextArena++;
      this.#numbers.set(arena, number);
      this.#forgotten.register(arena, number);
    }
    return number;
  }
}

/** After this many failures no more threads are started; otherwise each search would start them again. */
const MAX_FAILURES = 3;

/** The process's threads, starting or started. */
interface Pool {
  readonly started: Promise<ScanWorkers | undefined>;
  /** Set once they have started. */
  workers?: ScanWorkers | undefined;
}

let pool: Pool | undefined;
let failures = 0;
/** Settles when all threads that were stopped have ended. */
let stopped: Promise<unknown> = Promise.resolve();

/**
 * The process's workers if they have started; otherwise starts them (about 90 ms) and returns undefined, so that the
 * current search does not wait. The first caller sets the number of threads.
 */
export function scanWorkers(threads: number): ScanWorkers | undefined {
  void startScanWorkers(threads);
  return pool?.workers;
}

/** Starts workers, at most one for each core; undefined if that is fewer than two, or if the platform has no worker threads. */
export function startScanWorkers(threads: number): Promise<ScanWorkers | undefined> {
  pool ??= startPool(threads);
  return pool.started;
}

function startPool(wanted: number): Pool {
  const own: Pool = {
    started: createWorkers(wanted, () => {
      failures++;
      if (pool === own) pool = undefined;
    })
      .catch(() => undefined)
      .then((workers) => {
        own.workers = workers;
        return workers;
      }),
  };
  return own;
}

async function createWorkers(wanted: number, onFailure: () => void): Promise<ScanWorkers | undefined> {
  if (failures >= MAX_FAILURES) return undefined;
  const [{ Worker }, { availableParallelism }] = await Promise.all([
    import("node:worker_threads"),
    import("node:os"),
  ]);
  const threads = Math.min(wanted, availableParallelism());
  return threads < 2 ? undefined : new ScanWorkers(Worker, threads, onFailure);
}

/**
 * Ends the process's workers; a later large search starts new ones. Searches in progress are not lost: the rest of
 * them runs on the calling thread. Resolves when all threads have ended, also those of earlier calls.
 */
export async function stopScanWorkers(): Promise<void> {
  const old = pool;
  pool = undefined;
  failures = 0;
  stopped = Promise.all([stopped, old?.started.then((workers) => workers?.stop())]);
  await stopped;
}
