import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { delay } from "../../src/scheduling/delay.js";
import { nextTurn } from "../../src/scheduling/next-turn.js";
import { onAbort } from "../../src/scheduling/on-abort.js";
import { raceWithSignal } from "../../src/scheduling/race-with-signal.js";

const listenersOf = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

describe("onAbort", () => {
  it("calls back once, in the order of the callers", () => {
    const controller = new AbortController();
    const calls: number[] = [];
    for (const i of [1, 2, 3]) onAbort(controller.signal, () => calls.push(i));
    expect(calls).toEqual([]);
    controller.abort();
    controller.abort();
    expect(calls).toEqual([1, 2, 3]);
  });

  it("calls back immediately if the signal is aborted, and never without a signal", () => {
    const calls: string[] = [];
    onAbort(AbortSignal.abort(), () => calls.push("aborted"))();
    onAbort(undefined, () => calls.push("none"))();
    expect(calls).toEqual(["aborted"]);
  });

  it("does not call a removed callback, even if an earlier callback removed it", () => {
    const controller = new AbortController();
    const calls: string[] = [];
    const undo = onAbort(controller.signal, () => calls.push("undone"));
    onAbort(controller.signal, () => undoLater());
    const undoLater = onAbort(controller.signal, () => calls.push("undone later"));
    onAbort(controller.signal, () => calls.push("last"));
    undo();
    undo();
    controller.abort();
    undoLater();
    expect(calls).toEqual(["last"]);
  });

  it("treats two registrations of one function as two", () => {
    const controller = new AbortController();
    let calls = 0;
    const count = () => calls++;
    const undo = onAbort(controller.signal, count);
    onAbort(controller.signal, count);
    undo();
    controller.abort();
    expect(calls).toBe(1);
  });

  it("has one listener on the signal while any caller waits, and none afterwards", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant("wait" as const), fc.nat(20)), { maxLength: 40 }),
        (steps) => {
          const controller = new AbortController();
          const undos: (() => void)[] = [];
          const open = new Set<number>();
          const called = new Set<number>();
          for (const step of steps) {
            if (step === "wait") {
              const number = undos.length;
              undos.push(onAbort(controller.signal, () => called.add(number)));
              open.add(number);
            } else {
              undos[step]?.();
              open.delete(step);
            }
            expect(listenersOf(controller.signal)).toBe(open.size > 0 ? 1 : 0);
          }
          controller.abort();
          expect(called).toEqual(open);
          expect(listenersOf(controller.signal)).toBe(0);
        },
      ),
    );
  });

  it("calls the others if one throws", () => {
    // Without the event target, which would report a listener's error to the process.
    const signal = Object.assign(new AbortController().signal, { addEventListener: capture });
    let listener: (() => void) | undefined;
    function capture(_: string, given: () => void) {
      listener = given;
    }
    const calls: number[] = [];
    onAbort(signal, () => calls.push(1));
    onAbort(signal, () => {
      throw new Error("first");
    });
    onAbort(signal, () => {
      throw new Error("second");
    });
    onAbort(signal, () => calls.push(2));
    expect(() => listener?.()).toThrow("first");
    expect(calls).toEqual([1, 2]);
  });
});

describe("one signal for many callers", () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => void warnings.push(warning);
  beforeEach(() => void process.on("warning", note));
  afterEach(() => void process.off("warning", note));

  it("does not warn of a leak, and stops them all", async () => {
    const controller = new AbortController();
    const reason = new Error("left");
    const calls = Array.from({ length: 100 }, (_, i) =>
      i % 2 ? delay(60_000, controller.signal) : raceWithSignal(new Promise(() => {}), controller.signal),
    );
    expect(listenersOf(controller.signal)).toBe(1);
    controller.abort(reason);
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toEqual({ status: "rejected", reason });
    }
    await nextTurn();
    expect(warnings).toEqual([]);
  });
});
