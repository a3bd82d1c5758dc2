import { describe, expect, it } from "@jest/globals";
import { LockWatch } from "../../../src/node/lock/lock-watch.js";

const STALE_MS = 60_000;
const NOW = 1_800_000_000_000;
const seen = (touchedMs: number, name = "holder") => ({ name, touchedMs });
/** A watch of a holder whose process is not visible. */
const watching = () => new LockWatch(STALE_MS, () => undefined);

describe("LockWatch", () => {
  it("recognises a dead holder, and trusts a lock that was touched recently", () => {
    expect(new LockWatch(STALE_MS, () => false).judge(seen(NOW), 0, NOW)).toBe("dead");
    expect(watching().judge(seen(NOW - STALE_MS), 0, NOW)).toBe("alive");
  });

  it.each([NOW - 2 * STALE_MS, NOW + 2 * STALE_MS])(
    "watches a lock that looks old, or from the future",
    (touched) => {
      const watch = watching();
      expect(watch.judge(seen(touched), 0, NOW)).toBe("suspected");
      expect(watch.judge(seen(touched), 3_000, NOW)).toBe("suspected");
      expect(watch.judge(seen(touched), 3_001, NOW)).toBe("dead");
    },
  );

  it("trusts a holder whose clock is wrong while it touches its lock", () => {
    const watch = watching();
    watch.judge(seen(0), 0, NOW);
    expect(watch.judge(seen(1_000), 1_000, NOW)).toBe("alive");
    expect(watch.judge(seen(1_000), 1_000 + STALE_MS, NOW)).toBe("alive");
    expect(watch.judge(seen(1_000), 1_001 + STALE_MS, NOW)).toBe("dead");
  });

  it("watches each holder from the beginning", () => {
    const watch = watching();
    watch.judge(seen(0), 0, NOW);
    expect(watch.judge(seen(0, "another"), 3_001, NOW)).toBe("suspected");
  });
});
