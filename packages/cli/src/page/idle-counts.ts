/**
 * How long things have shown no sign of life, counted in sweeps. Not in time: after a machine has slept, those who use a thing come back before the next sweep.
 */
export class IdleCounts {
  readonly #counts = new Map<string, number>();

  /** A sign of life of a thing, which may be new. */
  touch(id: string): void {
    this.#counts.set(id, 0);
  }

  forget(id: string): void {
    this.#counts.delete(id);
  }

  /** Counts one sweep more. @returns the things that have shown no sign of life for so many */
  sweep(limit: number): string[] {
    for (const [id, count] of this.#counts) this.#counts.set(id, count + 1);
    return this.idleFor(limit);
  }

  /** The things that have shown no sign of life for so many sweeps, the longest idle first. */
  idleFor(limit: number): string[] {
    return [...this.#counts]
      .filter(([, count]) => count >= limit)
      .sort(([, a], [, b]) => b - a)
      .map(([id]) => id);
  }
}
