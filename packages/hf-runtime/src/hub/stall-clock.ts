/** Fewer bytes than this within the time limit count as none. Without it, a server that sends a few bytes at a time holds a caller for days. */
const MIN_BYTES = 1024;

/** Aborts if too few bytes arrive within a time limit, or if the caller aborts. The time only counts while a read waits. */
export class StallClock {
  ranOut = false;
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #limitMs: number;
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #leftMs: number;
  #bytes = 0;

  /** @param limitMs longest wait for the next 1024 bytes, or for the end */
  constructor(limitMs: number, outer: AbortSignal | undefined) {
    this.#limitMs = limitMs;
    this.#leftMs = limitMs;
    this.signal = outer ? AbortSignal.any([outer, this.#controller.signal]) : this.#controller.signal;
  }

  start(): void {
    this.#startedAt = performance.now();
    this.#timer = setTimeout(() => {
      this.ranOut = true;
      this.#controller.abort();
    }, this.#leftMs);
  }

  /** Ends a wait. @param bytes how many arrived */
  stop(bytes = 0): void {
    clearTimeout(this.#timer);
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#startedAt));
    this.#bytes += bytes;
    if (this.#bytes >= MIN_BYTES) this.reset();
  }

  /** Aborts now, because the rest is not needed. */
  abort(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }

  /** Gives the next wait the full time limit. */
  reset(): void {
    this.#leftMs = this.#limitMs;
    this.#bytes = 0;
  }
}
