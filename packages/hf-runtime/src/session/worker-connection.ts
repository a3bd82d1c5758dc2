import { Worker } from "node:worker_threads";
import type { WorkerAnswer } from "./worker-answer.js";
import { WORKER_SOURCE } from "./worker-source.js";
import { WorkerState } from "./worker-state.js";

interface Waiter {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** Makes the typed error of a question that the worker answered with a failure. */
  readonly fail: (message: string) => Error;
}

/** Why a connection ended without being asked to. */
export interface WorkerEnd {
  readonly cause?: unknown;
  readonly exitCode?: number;
}

export type SpawnWorker = () => Worker;

/** A thread with nothing of the program's: its loaders and flags (--import tsx, --input-type=module) stay out. */
export const spawnWorker: SpawnWorker = () =>
  new Worker(WORKER_SOURCE, { eval: true, execArgv: [], name: "secondpass" });

/**
 * Questions and answers with one worker thread. The thread keeps the process alive only while a question is open.
 * A worker answers in the order it was asked.
 */
export class WorkerConnection {
  readonly #worker: Worker;
  readonly #waiters = new Map<number, Waiter>();
  readonly #describeEnd: (end: WorkerEnd) => Error;
  readonly #state = new WorkerState();
  readonly #exited: Promise<void>;
  #nextId = 0;
  #end: { readonly reason: unknown } | undefined;

  /** @param describeEnd the error that open and later questions reject with once the worker has ended by itself */
  constructor(describeEnd: (end: WorkerEnd) => Error, spawn: SpawnWorker = spawnWorker) {
    this.#describeEnd = describeEnd;
    this.#worker = spawn();
    this.#worker.on("message", (answer: WorkerAnswer) => this.#settle(answer));
    this.#worker.on("error", (cause) => this.#finish({ cause }));
    this.#exited = new Promise((resolve) => {
      this.#worker.on("exit", (exitCode) => {
        this.#finish({ exitCode });
        this.#state.forget();
        resolve();
      });
    });
    // Last, since listening for messages makes a worker count again.
    this.#worker.unref();
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  /**
   * @param fail makes the error to reject with when the worker could not do what was asked
   * @param background whether the process may end without the answer
   */
  ask<T>(question: string, body: unknown, fail: (message: string) => Error, background = false): Promise<T> {
    if (this.#end) return Promise.reject(this.#end.reason);
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      this.#waiters.set(id, { resolve: (value) => resolve(value as T), reject, fail });
      if (!background) this.#worker.ref();
      this.#worker.postMessage({ id, ask: question, body, state: this.#state.words });
    });
  }

  /** Rejects every open question with `reason` and ends the thread, after the forward pass or the loading that it is in. */
  async end(reason: unknown): Promise<void> {
    this.#end ??= { reason };
    this.#rejectAll();
    this.#state.endSoon();
    this.#worker.ref();
    this.#worker.postMessage({ ask: "close" });
    await this.#exited;
  }

  #settle(answer: WorkerAnswer): void {
    const waiter = this.#waiters.get(answer.id);
    this.#waiters.delete(answer.id);
    // While it is being ended somebody waits for that.
    if (this.#waiters.size === 0 && !this.#end) this.#worker.unref();
    if ("error" in answer) waiter?.reject(waiter.fail(answer.error.message));
    else waiter?.resolve(answer.value);
  }

  #finish(end: WorkerEnd): void {
    this.#end ??= { reason: this.#describeEnd(end) };
    this.#rejectAll();
  }

  #rejectAll(): void {
    for (const waiter of this.#waiters.values()) waiter.reject(this.#end?.reason);
    this.#waiters.clear();
  }
}
