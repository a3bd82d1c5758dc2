import { onAbort } from "@secondpass/core";
import type { Answer } from "./answer.js";

interface Waiter {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** Makes the typed error of a question that was answered with a failure. */
  readonly fail: (message: string) => Error;
  readonly signal: AbortSignal | undefined;
  /** Stops listening to the signal. */
  undo: () => void;
}

/** Options of {@link OpenQuestions.add}. */
export interface OpenQuestionOptions {
  readonly fail: (message: string) => Error;
  readonly signal?: AbortSignal;
  /** Called with the question's number when the signal aborts before the answer. */
  readonly takeBack: (id: number) => void;
}

/** The questions of a connection that are not answered yet, by their numbers, in the order in which they were asked. */
export class OpenQuestions {
  readonly #waiters = new Map<number, Waiter>();
  #nextId = 0;

  get size(): number {
    return this.#waiters.size;
  }

  /** Number of the oldest, which the other side is at; undefined if there is none. */
  get oldest(): number | undefined {
    return this.#waiters.keys().next().value;
  }

  /** @param post sends the question; called once it has its number */
  add<T>(options: OpenQuestionOptions, post: (id: number) => void): Promise<T> {
    const { fail, signal, takeBack } = options;
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
        if (this.#waiters.has(id)) takeBack(id);
      });
    });
  }

  settle(answer: Answer): void {
    const waiter = this.#waiters.get(answer.id);
    if (!waiter) return;
    this.#waiters.delete(answer.id);
    waiter.undo();
    if ("error" in answer) waiter.reject(waiter.fail(answer.error.message));
    else if ("takenBack" in answer) waiter.reject(waiter.signal?.reason);
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
