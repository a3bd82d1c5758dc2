import type { SeenLock } from "./take-lock.js";

/** A live holder touches its lock file this often. */
export const HEARTBEAT_MS = 1_000;
/** A lock that looks old is watched for so long: two touches would have been seen. */
const WATCH_MS = 3_000;

/**
 * Tells locks whose holder has died or stands still, by what is seen of them. Ages depend on clocks, which jump and differ between
 * machines: they only make a lock suspected. What decides is that it is not touched while it is watched.
 */
export class LockWatch {
  #seen: SeenLock | undefined;
  /** Since when it is as it was last seen, and whether it was touched before while it was watched. */
  #sinceMs = 0;
  #wasTouched = false;

  /** @param staleMs age from which an untouched lock counts as left behind */
  constructor(
    private readonly staleMs: number,
    private readonly isAlive: (name: string) => boolean | undefined,
  ) {}

  /** @param nowMs a clock that never jumps */
  judge(
    seen: SeenLock,
    nowMs: number = performance.now(),
    wallClockMs: number = Date.now(),
  ): "dead" | "suspected" | "alive" {
    if (seen.name !== undefined && this.isAlive(seen.name) === false) return "dead";
    if (seen.name !== this.#seen?.name || seen.touchedMs !== this.#seen?.touchedMs) {
      this.#wasTouched = this.#seen !== undefined && seen.name === this.#seen.name;
      this.#seen = seen;
      this.#sinceMs = nowMs;
    }
    const watchedMs = nowMs - this.#sinceMs;
    if (watchedMs > this.staleMs) return "dead";
    if (this.#wasTouched) return "alive";
    // Also a lock from the future: the clock was set back since.
    if (Math.abs(wallClockMs - seen.touchedMs) <= this.staleMs) return "alive";
    return watchedMs > Math.min(WATCH_MS, this.staleMs) ? "dead" : "suspected";
  }
}
