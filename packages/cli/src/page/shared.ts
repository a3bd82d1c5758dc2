/** A resource that several requests use at a time, and that is freed after the last of them. */
export class Shared<T extends AsyncDisposable> {
  #users = 0;
  #onIdle: (() => void) | undefined;

  constructor(readonly value: T) {}

  /** Whether no request uses it. */
  get isIdle(): boolean {
    return this.#users === 0;
  }

  /** Calls back with the resource. Must not be called after {@link retire}. */
  async use<Result>(work: (value: T) => Promise<Result>): Promise<Result> {
    this.#users += 1;
    try {
      return await work(this.value);
    } finally {
      this.#users -= 1;
      if (this.#users === 0) this.#onIdle?.();
    }
  }

  /** Frees it once no request uses it. */
  async retire(): Promise<void> {
    if (this.#users > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
    await this.value[Symbol.asyncDispose]();
  }
}
