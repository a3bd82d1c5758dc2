import type { Shared } from "./shared.js";

/** Where shared things go that nobody gets any more. Those who use them go on; the end waits for the last. */
export class Retirement implements AsyncDisposable {
  readonly #underWay = new Set<Promise<void>>();

  add(shared: Shared<AsyncDisposable>): void {
    const retired = shared.retire();
    this.#underWay.add(retired);
    void retired.finally(() => this.#underWay.delete(retired));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
