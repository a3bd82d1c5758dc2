import { getEventListeners } from "node:events";
import { describe, expect, it } from "@jest/globals";
import { raceWithSignal } from "../../src/scheduling/race-with-signal.js";

describe("raceWithSignal", () => {
  const listenersOf = (signal: AbortSignal) => getEventListeners(signal, "abort");
  const never = () => new Promise<never>(() => {});

  it("returns the promise's outcome, and leaves no listener on the signal", async () => {
    const { signal } = new AbortController();
    expect(await raceWithSignal(Promise.resolve(1), signal)).toBe(1);
    await expect(raceWithSignal(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
    await new Promise(setImmediate);
    expect(listenersOf(signal)).toHaveLength(0);
    expect(await raceWithSignal(Promise.resolve(2), undefined)).toBe(2);
  });

  it("does not wait for the promise if the signal aborts first", async () => {
    const controller = new AbortController();
    const race = raceWithSignal(never(), controller.signal);
    controller.abort(new Error("enough"));
    await expect(race).rejects.toThrow("enough");
    await expect(raceWithSignal(never(), controller.signal)).rejects.toThrow("enough");
  });
});
