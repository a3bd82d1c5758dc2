import { Worker } from "node:worker_threads";
import type { Answer } from "./answer.js";
import type { Connect, Connection, ConnectionEnd, RequestOptions } from "./connection.js";
import { PendingRequests } from "./pending-requests.js";
import { WORKER_SOURCE } from "./worker-source.js";
import { WorkerState } from "./worker-state.js";

export type SpawnWorker = () => Worker;

/** Starts a worker thread without the program's loaders and flags (--import tsx, --input-type=module). */
export const spawnWorker: SpawnWorker = () =>
  new Worker(WORKER_SOURCE, { eval: true, execArgv: [], name: "secondpass" });

/** Starts sessions in worker threads of this process. */
export function connectToWorker(spawn: SpawnWorker = spawnWorker): Connect {
  return (describeEnd) => new WorkerConnection(describeEnd, spawn);
}

/**
 * Longest time that {@link WorkerConnection.end} waits for a forward pass or for loading, in milliseconds. The thread ends after that work in
 * any case.
 */
const LONGEST_END_MS = 3000;

/** The connection to one worker thread. */
export class WorkerConnection implements Connection {
  readonly #worker: Worker;
  readonly #requests = new PendingRequests();
  readonly #describeEnd: (end: ConnectionEnd) => unknown;
  readonly #state = new WorkerState();
  readonly #exited: Promise<void>;
  #end: { readonly reason: unknown } | undefined;

  constructor(describeEnd: (end: ConnectionEnd) => unknown, spawn: SpawnWorker = spawnWorker) {
    this.#describeEnd = describeEnd;
    this.#worker = spawn();
    this.#worker.on("message", (answer: Answer) => this.#settle(answer));
    this.#worker.on("error", (cause) => this.#finish({ place: "worker thread", cause }));
    this.#exited = new Promise((resolve) => {
      this.#worker.on("exit", (exitCode) => {
        this.#finish({ place: "worker thread", exitCode });
        this.#state.forget();
        resolve();
      });
    });
    // Last, because listening for messages refs the worker again.
    this.#worker.unref();
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  request<T>(
    kind: string,
    body: unknown,
    fail: (message: string) => Error,
    { background = false, signal }: RequestOptions = {},
  ): Promise<T> {
    if (this.#end) return Promise.reject(this.#end.reason);
    const cancel = (id: number) => this.#state.cancel(id);
    return this.#requests.add<T>({ fail, signal, cancel }, (id) => {
      if (!background) this.#worker.ref();
      this.#worker.postMessage({ id, kind, body, state: this.#state.words });
    });
  }

  /** Ends the thread after its current forward pass or loading, and waits up to 3 seconds for that. */
  async end(reason: unknown): Promise<void> {
    this.#end ??= { reason };
    this.#requests.rejectAll(this.#end.reason);
    this.#state.endSoon();
    this.#worker.ref();
    this.#worker.postMessage({ kind: "close" });
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise((resolve) => {
      timer = setTimeout(resolve, LONGEST_END_MS);
    });
    await Promise.race([this.#exited, waited]);
    clearTimeout(timer);
    this.#worker.unref();
  }

  #settle(answer: Answer): void {
    this.#requests.settle(answer);
    // While the thread is being ended, the caller waits for it.
    if (this.#requests.size === 0 && !this.#end) this.#worker.unref();
  }

  #finish(end: ConnectionEnd): void {
    this.#end ??= { reason: this.#describeEnd(end) };
    this.#requests.rejectAll(this.#end.reason);
  }
}
