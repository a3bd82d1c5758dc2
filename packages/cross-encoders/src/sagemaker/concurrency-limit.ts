/** Lets at most `max` tasks run at a time; the others wait their turn, first come, first served. */
export class ConcurrencyLimit {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param max minimum 1 */
  constructor(readonly max: number) {}

  /** Runs the task when a place is free. A task whose signal is aborted by then does not start. */
  async run<Result>(signal: AbortSignal, task: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.max) this.#running += 1;
    // Whoever ends hands its place over, so that nobody can slip in between.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
