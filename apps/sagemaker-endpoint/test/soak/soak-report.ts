/** Results of a soak. */
export class SoakReport {
  /** Answers by actor and status, such as "burst 429". */
  readonly counts: Record<string, number> = {};
  /** The first few unexpected events. */
  readonly faults: string[] = [];
  /** Resident memory of the server in MiB, with the time in ms since the start. */
  readonly memory: { readonly at: number; readonly mib: number }[] = [];

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  fault(what: string): void {
    if (this.faults.length < 20) this.faults.push(what);
  }

  /** Returns the median of the memory between two times in ms. */
  memoryMib(from: number, to: number): number {
    const sorted = this.memory.filter(({ at }) => at >= from && at < to).map(({ mib }) => mib);
    sorted.sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  }
}
