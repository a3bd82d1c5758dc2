import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { workSlices } from "../../src/scheduling/work-slices.js";

let now = 1_000_000;
beforeEach(() => {
  now += 1_000;
  jest.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Works in steps of one millisecond, and calls `due` after each. */
function work(slices: ReturnType<typeof workSlices>, milliseconds: number): boolean {
  let due = false;
  for (let step = 0; step < milliseconds; step++) {
    now += 1;
    due = slices.due();
  }
  return due;
}

test("a slice is over after a few milliseconds, and a pause begins the next", async () => {
  const slices = workSlices();
  expect(work(slices, 3)).toBe(false);
  expect(work(slices, 3)).toBe(true);
  await slices.pause();
  expect(work(slices, 3)).toBe(false);
});

test("phases shorter than a slice do not chain into a long hold", () => {
  expect(work(workSlices(), 3)).toBe(false);
  expect(work(workSlices(), 3)).toBe(true);
});

test("work that begins later has its own slice", () => {
  expect(work(workSlices(), 6)).toBe(true);
  now += 50;
  expect(work(workSlices(), 3)).toBe(false);
});

test("a pause rejects with the signal's reason, after the loop had its turn", async () => {
  const controller = new AbortController();
  const slices = workSlices(controller.signal);
  const paused = slices.pause();
  controller.abort(new Error("enough"));
  await expect(paused).rejects.toThrow("enough");
  await slices.pause({ ignoreSignal: true });
  expect(() => workSlices(controller.signal)).toThrow("enough");
});

test("checks the clock once for several short steps", () => {
  const slices = workSlices(undefined, { stepsPerCheck: 4 });
  now += 50;
  expect([slices.due(), slices.due(), slices.due(), slices.due()]).toEqual([false, false, false, true]);
});
