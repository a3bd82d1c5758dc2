/** Frees shared things that are no longer given out, each after its last user. Disposing it waits for all of them. */
export class Retirement implements AsyncDisposable {
  readonly #underWay = new Set<Promise<void>>();

  /** @returns settled when the thing is freed */
  add(shared: { retire(): Promise<void> }): Promise<void> {
    const retired = shared
      .retire()
      // If a folder cannot be removed now, the end of the program removes it.
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(retired));
    this.#underWay.add(retired);
    return retired;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
