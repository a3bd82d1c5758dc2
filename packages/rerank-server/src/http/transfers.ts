import { RequestError } from "../errors/request-error.js";

/** Limits on the speed and the memory of bodies and answers. */
export interface TransferLimits {
  /** Bytes that all bodies and unread answers may hold together, including those of running requests. Minimum 1. */
  readonly totalBytes: number;
  /** Minimum speed of a transfer in each window, in bytes a second. Minimum 0. */
  readonly minBytesPerSecond: number;
  /** Length of a window in ms. Minimum 1. */
  readonly windowMs: number;
  /** Time a whole transfer may take in ms. Minimum 1. */
  readonly maxMs: number;
}

/** An incoming body or an outgoing answer. */
export interface Moving {
  /** Returns the number of bytes transferred so far. It never falls. */
  readonly moved: () => number;
  /** Ends the transfer early, with the reason. Called at most once. */
  readonly end: (reason: RequestError) => void;
}

/** A running transfer. */
export interface Transfer {
  /** Adds bytes of memory that it holds from now on. May end this transfer, or others that have held more for longer. */
  hold(bytes: number): void;
  /** Marks it as complete: its speed is no longer checked, but it still holds its bytes. */
  complete(): void;
  /** Releases its bytes. Safe to call twice. */
  release(): void;
}

interface Entry extends Transfer {
  readonly moving: Moving;
  readonly startedAt: number;
  bytes: number;
  windowAt: number;
  movedBefore: number;
}

/** How often the speeds are checked, in ms. */
const CHECK_INTERVAL_MS = 500;

/**
 * Watches all bodies and answers on the network. Transfers that are too slow are ended. If all together hold too many bytes, the
 * incomplete transfer that has held the most for the longest ends first: stalling clients lose their own transfers, and
 * well-behaved ones are served.
 */
export class Transfers {
  readonly #incomplete = new Set<Entry>();
  #bytes = 0;
  #completeBytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly limits: TransferLimits) {}

  /** Bytes held by all transfers, complete ones included until they are released. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes held by complete transfers, whose requests are being computed. */
  get completeBytes(): number {
    return this.#completeBytes;
  }

  /** Transfers that are not complete. */
  get incomplete(): number {
    return this.#incomplete.size;
  }

  /** Begins to watch a transfer. */
  begin(moving: Moving): Transfer {
    const now = performance.now();
    const entry: Entry = {
      moving,
      startedAt: now,
      bytes: 0,
      windowAt: now,
      movedBefore: moving.moved(),
      hold: (bytes) => this.#hold(entry, bytes),
      complete: () => {
        if (this.#incomplete.has(entry)) this.#completeBytes += entry.bytes;
        this.#leave(entry);
      },
      release: () => {
        const isIncomplete = this.#incomplete.has(entry);
        this.#leave(entry);
        this.#bytes -= entry.bytes;
        if (!isIncomplete) this.#completeBytes -= entry.bytes;
        entry.bytes = 0;
      },
    };
    this.#incomplete.add(entry);
    this.#timer ??= setInterval(() => this.#check(), CHECK_INTERVAL_MS).unref();
    return entry;
  }

  #hold(entry: Entry, bytes: number): void {
    entry.bytes += bytes;
    this.#bytes += bytes;
    if (!this.#incomplete.has(entry)) this.#completeBytes += bytes;
    this.#makeRoom();
  }

  #leave(entry: Entry): void {
    this.#incomplete.delete(entry);
    if (this.#incomplete.size > 0 || this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #end(entry: Entry, reason: RequestError): void {
    entry.release();
    entry.moving.end(reason);
  }

  #makeRoom(): void {
    while (this.#bytes > this.limits.totalBytes) {
      const now = performance.now();
      const cost = ({ bytes, startedAt }: Entry) => bytes * (1 + now - startedAt);
      let worst: Entry | undefined;
      for (const entry of this.#incomplete) {
        if (entry.bytes > 0 && (worst === undefined || cost(entry) > cost(worst))) worst = entry;
      }
      // Only complete ones are left: their work frees them, and the admission accepts no more.
      if (worst === undefined) return;
      this.#end(worst, new RequestError("overloaded", "Too many bytes are in transfer. Try again later."));
    }
  }

  #check(): void {
    const now = performance.now();
    const { minBytesPerSecond, windowMs, maxMs } = this.limits;
    for (const entry of [...this.#incomplete]) {
      const sinceWindow = now - entry.windowAt;
      if (now - entry.startedAt > maxMs) {
        this.#end(entry, new RequestError("timeout", `Expected the whole body within ${maxMs / 1000} s.`));
      } else if (sinceWindow >= windowMs) {
        const moved = entry.moving.moved();
        if ((moved - entry.movedBefore) * 1000 < minBytesPerSecond * sinceWindow) {
          const message = `Expected at least ${minBytesPerSecond} bytes of the body a second.`;
          this.#end(entry, new RequestError("timeout", message));
        }
        entry.windowAt = now;
        entry.movedBefore = moved;
      }
    }
  }
}
