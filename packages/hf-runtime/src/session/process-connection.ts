import type { Answer } from "./answer.js";
import type { Connect, Connection, ConnectionEnd, RequestOptions } from "./connection.js";
import { ModelProcess } from "./model-process.js";
import { PendingRequests } from "./pending-requests.js";
import type { SpawnedProcess } from "./spawn-process.js";

/**
 * Time that a cancelled forward pass may still take in a process, in milliseconds; or the model's loading time, if that is longer. After it, the
 * process is ended and the next call starts a fresh one, so that other calls do not wait for a graph that never ends.
 */
const MIN_GRACE_MS = 2000;

/** Starts sessions in one child process, or in a fresh one if that has ended. */
export function connectToProcess(spawn?: () => SpawnedProcess): Connect {
  let current: ModelProcess | undefined;
  return (describeEnd) => {
    if (!current || current.over) current = new ModelProcess(spawn);
    return new ProcessConnection(current, describeEnd);
  };
}

/** The connection to one session of a process. */
export class ProcessConnection implements Connection {
  readonly #process: ModelProcess;
  readonly #number: number;
  readonly #requests = new PendingRequests();
  readonly #describeEnd: (end: ConnectionEnd) => unknown;
  readonly #opened = performance.now();
  readonly #exited: Promise<void>;
  #noteExit: () => void = () => {};
  #graceMs: number | undefined;
  #end: { readonly reason: unknown } | undefined;
  #holding = false;

  constructor(process: ModelProcess, describeEnd: (end: ConnectionEnd) => unknown) {
    this.#process = process;
    this.#describeEnd = describeEnd;
    this.#exited = new Promise((resolve) => {
      this.#noteExit = resolve;
    });
    this.#number = process.add({
      onAnswer: (answer) => this.#settle(answer),
      onEnd: (end) => this.#finish(end),
    });
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
    const cancel = (id: number) => this.#cancel(id);
    return this.#requests.add<T>({ fail, signal, cancel }, (id) => {
      if (!background) this.#hold();
      this.#process.send({ session: this.#number, request: { id, kind, body } });
    });
  }

  /** Ends the session's thread after its current work. If it is the last session, ends the process immediately. */
  async end(reason: unknown): Promise<void> {
    this.#end ??= { reason };
    this.#requests.rejectAll(this.#end.reason);
    this.#hold();
    this.#process.close(this.#number);
    await this.#exited;
    this.#release();
  }

  #cancel(id: number): void {
    this.#process.send({ session: this.#number, cancel: id });
    setTimeout(() => {
      if (!this.#end && this.#requests.oldest === id) this.#process.abandon();
    }, this.#graceMs ?? MIN_GRACE_MS).unref();
  }

  #settle(answer: Answer): void {
    // The first answer is that of "open".
    this.#graceMs ??= Math.max(MIN_GRACE_MS, performance.now() - this.#opened);
    this.#requests.settle(answer);
    // While the session is being ended, the caller waits for it.
    if (this.#requests.size === 0 && !this.#end) this.#release();
  }

  #finish(end: ConnectionEnd): void {
    this.#end ??= { reason: this.#describeEnd(end) };
    this.#requests.rejectAll(this.#end.reason);
    this.#noteExit();
    this.#release();
  }

  #hold(): void {
    if (this.#holding) return;
    this.#holding = true;
    this.#process.hold();
  }

  #release(): void {
    if (!this.#holding) return;
    this.#holding = false;
    this.#process.release();
  }
}
