import { RequestError } from "../errors/request-error.js";

/** How slowly bodies may come and answers may go, and what they may hold. */
export interface TransferLimits {
  /** Bytes that all bodies and unread answers may hold together, those of requests under way included. Minimum 1. */
  readonly totalBytes: number;
  /** Bytes a second that a transfer has to make in each window. Minimum 0. */
  readonly minBytesPerSecond: number;
  /** Length of a window in ms. Minimum 1. */
  readonly windowMs: number;
  /** Time a whole transfer may take in ms. Minimum 1. */
  readonly maxMs: number;
}

/** Bytes that come in or go out. */
export interface Moving {
  /** Bytes that have come or gone so far. Never falls. */
  readonly moved: () => number;
  /** Ends it early, with the reason. Called at most once. */
  readonly end: (reason: RequestError) => void;
}

/** A transfer under way. */
export interface Transfer {
  /** Counts bytes of memory that it holds from now on. May end this transfer, or others that hold more for longer. */
  hold(bytes: number): void;
  /** It is complete: it has no speed any more, but holds its bytes. */
  complete(): void;
  /** It holds nothing any more. Safe to call twice. */
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
 * Watches everything that comes and goes over the network. What moves too slowly is ended, and if all together hold too many bytes,
 * the incomplete one that has held the most for the longest ends first: clients that stall pay for their own bytes, and those that
 * behave are served.
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
      // Only complete ones are left: their work frees them, and the admission lets no more in.
      if (worst === undefined) return;
      this.#end(worst, new RequestError("overloaded", "Too many bytes are under way. Try again later."));
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
