import type { SeenLock } from "./take-lock.js";

/** A live holder touches its lock file this often. */
export const HEARTBEAT_MS = 1_000;
/** How long a lock that looks old is watched: a live holder would touch it at least twice. */
const WATCH_MS = 3_000;

/**
 * Finds out whether the holder of a lock is dead or paused. The age of a lock file depends on clocks, which jump and differ between
 * machines, so an old lock is only suspected. It counts as dead if nobody touches it while it is watched.
 */
export class LockWatch {
  #seen: SeenLock | undefined;
  /** Time of the last change that was seen, and whether the lock was touched while it was watched. */
  #sinceMs = 0;
  #wasTouched = false;

  /** @param staleMs age from which an untouched lock counts as left behind */
  constructor(
    private readonly staleMs: number,
    private readonly isAlive: (name: string) => boolean | undefined,
  ) {}

  /** Judges the holder of a lock by its latest state. @param nowMs time of a clock that never jumps */
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
    // A lock may be from the future, if the clock was set back since.
    if (Math.abs(wallClockMs - seen.touchedMs) <= this.staleMs) return "alive";
    return watchedMs > Math.min(WATCH_MS, this.staleMs) ? "dead" : "suspected";
  }
}
