import { describe, expect, it } from "@jest/globals";
import { slowLength } from "@secondpass/test-kit";
import { exploreAll } from "./explore-all.js";
import { type SavingWorldOptions, savingWorld } from "./saving-world.js";

/** Maximum number of states that the short form visits. */
const MAX_STATES = slowLength({ short: 300, full: Number.POSITIVE_INFINITY });

describe("the order of steps in which two savers save a file set", () => {
  it.each([
    ["locks that always fail", { savers: ["a", "b"] }],
    ["locks that always fail, after a save cut short", { savers: ["a", "b"], start: "unfinished" }],
    ["no locks, and a reader", { savers: ["a", "b"], readers: 1, locks: false }],
    ["locks that always fail, and a reader", { savers: ["a", "b"], readers: 1 }],
  ] as readonly [string, SavingWorldOptions][])(
    "loses nothing in any order, even if all die after any step: %s",
    async (_title, options) => {
      const states = await exploreAll(() => savingWorld(options), MAX_STATES);
      expect(states).toBeGreaterThanOrEqual(Math.min(MAX_STATES, 1000));
    },
    1_800_000,
  );
});
