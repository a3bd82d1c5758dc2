import { onAbort } from "@secondpass/core";
import type { Answer } from "./answer.js";

interface Waiter {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** Makes the typed error for an answer that is an error. */
  readonly fail: (message: string) => Error;
  readonly signal: AbortSignal | undefined;
  /** Stops listening to the signal. */
  undo: () => void;
}

/** Options of {@link PendingRequests.add}. */
export interface OpenQuestionOptions {
  readonly fail: (message: string) => Error;
  readonly signal?: AbortSignal;
  /** Called with the request's number if the signal aborts before the answer. */
  readonly cancel: (id: number) => void;
}

/** The unanswered requests of a connection by number, in the order of sending. */
export class PendingRequests {
  readonly #waiters = new Map<number, Waiter>();
  #nextId = 0;

  get size(): number {
    return this.#waiters.size;
  }

  /** Number of the oldest request, which the other side works on; undefined if there is none. */
  get oldest(): number | undefined {
    return this.#waiters.keys().next().value;
  }

  /** Adds a request. @param post sends it, with its number */
  add<T>(options: OpenQuestionOptions, post: (id: number) => void): Promise<T> {
    const { fail, signal, cancel } = options;
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      const waiter: Waiter = {
        resolve: (value) => resolve(value as T),
        reject,
        fail,
        signal,
        undo: () => {},
      };
      this.#waiters.set(id, waiter);
      post(id);
      waiter.undo = onAbort(signal, () => {
        if (this.#waiters.has(id)) cancel(id);
      });
    });
  }

  settle(answer: Answer): void {
    const waiter = this.#waiters.get(answer.id);
    if (!waiter) return;
    this.#waiters.delete(answer.id);
    waiter.undo();
    if ("error" in answer) waiter.reject(waiter.fail(answer.error.message));
    else if ("cancelled" in answer) waiter.reject(waiter.signal?.reason);
    else waiter.resolve(answer.value);
  }

  rejectAll(reason: unknown): void {
    for (const waiter of this.#waiters.values()) {
      waiter.undo();
      waiter.reject(waiter.signal?.aborted ? waiter.signal.reason : reason);
    }
    this.#waiters.clear();
  }
}
