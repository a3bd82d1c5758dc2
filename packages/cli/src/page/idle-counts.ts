/**
 * Counts for how many sweeps things have been idle. It does not measure time, so that after a machine's sleep, users of a thing return before the next sweep.
 */
export class IdleCounts {
  readonly #counts = new Map<string, number>();

  /** Marks a thing, which may be new, as used. */
  touch(id: string): void {
    this.#counts.set(id, 0);
  }

  forget(id: string): void {
    this.#counts.delete(id);
  }

  /** Counts one more sweep. @returns the things that have been idle for `limit` sweeps */
  sweep(limit: number): string[] {
    for (const [id, count] of this.#counts) this.#counts.set(id, count + 1);
    return this.idleFor(limit);
  }

  /** Lists the things that have been idle for `limit` sweeps, the longest idle first. */
  idleFor(limit: number): string[] {
    return [...this.#counts]
      .filter(([, count]) => count >= limit)
      .sort(([, a], [, b]) => b - a)
      .map(([id]) => id);
  }
}
