import { describe, expect, it } from "@jest/globals";
import { delay } from "../../src/scheduling/delay.js";
import { nextTurn } from "../../src/scheduling/next-turn.js";
import { raceWithSignal } from "../../src/scheduling/race-with-signal.js";

const reason = new Error("enough");

describe("delay", () => {
  it("resolves later", async () => {
    await expect(delay(1)).resolves.toBeUndefined();
  });
  it("rejects with the signal's reason, before and while it waits", async () => {
    await expect(delay(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const waiting = delay(60_000, controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});

describe("nextTurn", () => {
  it("lets due timers run first", async () => {
    let ran = false;
    setTimeout(() => {
      ran = true;
    }, 0);
    const until = performance.now() + 3;
    while (performance.now() < until);
    await nextTurn();
    await nextTurn();
    expect(ran).toBe(true);
  });
});

describe("raceWithSignal", () => {
  it("returns the promise's outcome, with or without a signal", async () => {
    const { signal } = new AbortController();
    await expect(raceWithSignal(Promise.resolve(1), undefined)).resolves.toBe(1);
    await expect(raceWithSignal(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(raceWithSignal(Promise.reject(reason), signal)).rejects.toBe(reason);
  });
  it("throws the reason of a signal that aborts first, and handles a later rejection", async () => {
    const controller = new AbortController();
    let fail: (error: Error) => void = () => {};
    const slow = new Promise((_, reject) => {
      fail = reject;
    });
    const raced = raceWithSignal(slow, controller.signal);
    controller.abort(reason);
    await expect(raced).rejects.toBe(reason);
    fail(new Error("nobody waits for this"));
    await nextTurn();
    await expect(raceWithSignal(slow, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
