/** Time of each step of a run in milliseconds, in the order of the steps. */
export class Timings {
  readonly #steps: { readonly step: string; readonly milliseconds: number }[] = [];

  async measure<T>(step: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.#steps.push({ step, milliseconds: Math.round(performance.now() - start) });
    }
  }

  toJSON(): Record<string, number> {
    return Object.fromEntries(this.#steps.map(({ step, milliseconds }) => [step, milliseconds]));
  }

  toString(): string {
    return this.#steps.map(({ step, milliseconds }) => `${step} ${milliseconds} ms`).join(" · ");
  }
}
