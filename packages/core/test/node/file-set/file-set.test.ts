import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { exploreAll, exploreOne } from "./explore-all.js";
import { type SavingWorldOptions, savingWorld } from "./saving-world.js";

describe("the order of steps in which a file set is saved", () => {
  it.each([
    ["a saver and a reader", { savers: ["a"], readers: 1 }],
    ["a saver that finds a save cut short, and a reader", { savers: ["a"], readers: 1, start: "unfinished" }],
    ["two savers without locks", { savers: ["a", "b"], locks: false }],
  ] as readonly [string, SavingWorldOptions][])(
    "loses nothing in any order, even if all die after any step: %s",
    async (_title, options) => {
      expect(await exploreAll(() => savingWorld(options))).toBeGreaterThan(80);
    },
    60_000,
  );

  it.each([
    [{ savers: ["a", "b"], readers: 2 }],
    [{ savers: ["a", "b", "c"], readers: 1 }],
    [{ savers: ["a", "b", "c"], readers: 1, locks: false, start: "unfinished" }],
  ] as readonly [SavingWorldOptions][])(
    "loses nothing in random orders, even if all die after any step: %p",
    async (options) => {
      const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
      const order = fc.asyncProperty(fc.infiniteStream(part), (parts) =>
        exploreOne(
          () => savingWorld(options),
          (choices) => Math.floor(parts.next().value! * choices),
        ),
      );
      await fc.assert(order, { numRuns: 30, endOnFailure: true });
    },
    60_000,
  );
});
