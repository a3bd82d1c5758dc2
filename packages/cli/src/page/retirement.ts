/** Where shared things go that nobody gets any more. Those who use them go on; the end waits for the last. */
export class Retirement implements AsyncDisposable {
  readonly #underWay = new Set<Promise<void>>();

  /** @returns settled when the thing is freed */
  add(shared: { retire(): Promise<void> }): Promise<void> {
    const retired = shared
      .retire()
      // A folder that cannot be removed now is removed when the program ends.
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(retired));
    this.#underWay.add(retired);
    return retired;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
