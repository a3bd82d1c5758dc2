import { onAbort } from "@secondpass/core";

/** Runs at most `max` tasks at a time; the others wait, first come, first served. */
export class ConcurrencyLimit {
  #running = 0;
  /** Waiting tasks in the order of arrival. A Set, so that an aborted task is removed without a search. */
  readonly #waiting = new Set<() => void>();

  /** @param max minimum 1 */
  constructor(readonly max: number) {}

  /** Runs the task when a slot is free. A task whose signal is aborted before that does not start; the call rejects immediately. */
  async run<Result>(signal: AbortSignal, task: () => Promise<Result>): Promise<Result> {
    signal.throwIfAborted();
    if (this.#running < this.max) this.#running += 1;
    else await this.#place(signal);
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      this.#release();
    }
  }

  /** Waits for a slot that another task hands over; rejects with the signal's reason. */
  #place(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const take = () => {
        undo();
        resolve();
      };
      const undo = onAbort(signal, () => {
        this.#waiting.delete(take);
        reject(signal.reason);
      });
      this.#waiting.add(take);
    });
  }

  /** Hands the slot to the next task directly, so that no other task can take it in between. */
  #release(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#running -= 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
