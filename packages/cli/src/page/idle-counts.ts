/**
 * Counts the sweeps since each item (a collection or an upload of the page) was last used. Sweeps are counted instead of time: no sweep runs
 * while the machine sleeps, so nothing expires before its page can use it again.
 */
export class IdleCounts {
  readonly #counts = new Map<string, number>();

  /** Marks an item, which may be new, as used. */
  touch(id: string): void {
    this.#counts.set(id, 0);
  }

  forget(id: string): void {
    this.#counts.delete(id);
  }

  /** Counts one more sweep. @returns the items that have been idle for `limit` sweeps */
  sweep(limit: number): string[] {
    for (const [id, count] of this.#counts) this.#counts.set(id, count + 1);
    return this.idleFor(limit);
  }

  /** Lists the items that have been idle for `limit` sweeps, the longest idle first. */
  idleFor(limit: number): string[] {
    return [...this.#counts]
      .filter(([, count]) => count >= limit)
      .sort(([, a], [, b]) => b - a)
      .map(([id]) => id);
  }
}
