/** Time before which a rate is too inaccurate, in ms. */
const SETTLED_MS = 1000;

/** Measures the speed of some work, and estimates the time left. */
export class Rate {
  readonly #startedAt: number;

  constructor(readonly now: () => number = () => performance.now()) {
    this.#startedAt = now();
  }

  /**
   * @param unit of the amounts, in the plural
   * @returns such as "120 passages/s, 1 min 5 s left"; empty at the beginning
   */
  text(done: number, total: number, unit: string): string {
    const elapsedMs = this.now() - this.#startedAt;
    if (elapsedMs < SETTLED_MS || done === 0) return "";
    const perSecond = (done / elapsedMs) * 1000;
    const left = Math.ceil((total - done) / perSecond);
    return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} ${unit}/s, ${duration(left)} left`;
  }
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
