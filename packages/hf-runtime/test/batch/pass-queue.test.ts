import { describe, expect, it } from "@jest/globals";
import { nextTurn, OverloadedError } from "@secondpass/core";
import fc from "fast-check";
import { PassQueue, type QueuedCall } from "../../src/batch/pass-queue.js";

/** A session whose passes end when the test ends them, in the order in which they began. */
function manualSession() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  return {
    begun,
    /** Begins a pass with this name. */
    pass: (name: string) => () => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.push(() => resolve(name)));
    },
    /** Ends the oldest pass. */
    async endOne() {
      ends.shift()?.();
      await nextTurn();
    },
    get underWay() {
      return ends.length;
    },
  };
}

/** How many passes a call requests at a time. */
const PENDING = 4;

/** A call with many passes: it requests some, and the next one when one has ended. */
async function longCall(call: QueuedCall, passes: number, tokens: number, pass: () => Promise<unknown>) {
  const runners = Array.from({ length: PENDING }, async (_, first) => {
    for (let done = first; done < passes; done += PENDING) await call.run(tokens, pass);
  });
  await Promise.all(runners);
}

describe("PassQueue", () => {
  it("gives the session as many passes as it has slots, and the others one after another", async () => {
    const session = manualSession();
    let slots = 1;
    const queue = new PassQueue({ model: "m", slots: () => slots });
    const call = queue.enter(0);
    const passes = ["a", "b", "c"].map((name) => call.run(1, session.pass(name)));
    expect(session.begun).toEqual(["a"]);
    slots = 2;
    await session.endOne();
    expect(session.begun).toEqual(["a", "b", "c"]);
    await session.endOne();
    await session.endOne();
    expect(await Promise.all(passes)).toEqual(["a", "b", "c"]);
  });

  it("answers a call with one pass after a single pass of a call with ten thousand", async () => {
    const session = manualSession();
    const queue = new PassQueue({ model: "m", slots: () => 1 });
    const long = queue.enter(0);
    void longCall(long, 10_000, 512, session.pass("long")).catch(() => {});
    for (let i = 0; i < 100; i++) await session.endOne();
    const short = queue.enter(0).run(40, session.pass("short"));
    const before = session.begun.length;
    while (!session.begun.includes("short")) await session.endOne();
    expect(session.begun.indexOf("short") - before).toBeLessThanOrEqual(1);
    await session.endOne();
    expect(await short).toBe("short");
    long.leave(new Error("over"));
  });

  it("gives a thousand calls equal shares, whatever the length of their passes", async () => {
    const session = manualSession();
    const queue = new PassQueue({ model: "m", slots: () => 4 });
    const had = new Map<string, number>();
    const calls = Array.from({ length: 1000 }, (_, i) => {
      const [name, tokens] = [`${i}`, 1 + (i % 7) * 80];
      const pass = session.pass(name);
      const call = queue.enter(0);
      void longCall(call, 50, tokens, () => {
        had.set(name, (had.get(name) ?? 0) + tokens);
        return pass();
      }).catch(() => {});
      return call;
    });
    const rounds = 1500;
    for (let i = 0; i < rounds; i++) await session.endOne();
    const shares = [...had.values()];
    expect(had.size).toBe(1000);
    // No call is more than two of the longest passes ahead of another.
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(2 * (1 + 6 * 80));
    for (const call of calls) call.leave(new Error("over"));
  });

  it("gives a call no credit for the time in which it requested nothing", async () => {
    const session = manualSession();
    const queue = new PassQueue({ model: "m", slots: () => 1 });
    const idle = queue.enter(0);
    const busy = queue.enter(0);
    void longCall(busy, 1000, 10, session.pass("busy")).catch(() => {});
    for (let i = 0; i < 100; i++) await session.endOne();
    void longCall(idle, 1000, 10, session.pass("idle")).catch(() => {});
    const start = session.begun.length;
    for (let i = 0; i < 20; i++) await session.endOne();
    const names = session.begun.slice(start);
    expect(names.filter((name) => name === "busy").length).toBeGreaterThanOrEqual(9);
    for (const call of [idle, busy]) call.leave(new Error("over"));
  });

  it("drops the passes of a call that leaves, and cancels those in the session", async () => {
    const session = manualSession();
    const queue = new PassQueue({ model: "m", slots: () => 2 });
    const reason = new Error("left");
    const leaving = queue.enter(0);
    const signals: AbortSignal[] = [];
    const passes = ["a", "b", "c", "d"].map((name) =>
      leaving.run(5, (signal) => {
        signals.push(signal);
        return session.pass(name)();
      }),
    );
    const staying = queue.enter(0);
    const stays = staying.run(5, session.pass("stays"));
    leaving.leave(reason);
    await expect(passes[2]).rejects.toBe(reason);
    await expect(passes[3]).rejects.toBe(reason);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    await expect(leaving.run(5, session.pass("late"))).rejects.toBe(reason);
    await session.endOne();
    expect(session.begun).toEqual(["a", "b", "stays"]);
    await session.endOne();
    await session.endOne();
    expect(await stays).toBe("stays");
    expect(queue.queuedTokens).toBe(0);
  });

  it("continues after a pass that fails, even before it begins", async () => {
    const queue = new PassQueue({ model: "m", slots: () => 1 });
    const call = queue.enter(0);
    const failing = call.run(1, () => {
      throw new RangeError("no");
    });
    const rejecting = call.run(1, async () => Promise.reject(new RangeError("no more")));
    const fine = call.run(1, async () => 3);
    await expect(failing).rejects.toThrow("no");
    await expect(rejecting).rejects.toThrow("no more");
    expect(await fine).toBe(3);
  });

  it("rejects calls if too much waits, and always accepts a call if nothing waits", async () => {
    const session = manualSession();
    const queue = new PassQueue({ model: "some/model", slots: () => 1, maxQueuedTokens: 100 });
    const first = queue.enter(1_000_000);
    expect(() => queue.enter(1)).toThrow(OverloadedError);
    const passes = [60, 60, 40].map((tokens) => first.run(tokens, session.pass("first")));
    const settled = Promise.allSettled(passes);
    expect(queue.queuedTokens).toBe(100);
    try {
      queue.enter(1);
    } catch (error) {
      expect(error).toMatchObject({
        name: "OverloadedError",
        owner: "some/model",
        limit: 100,
        outstanding: 101,
        unit: "tokens",
        retryAfterMs: undefined,
      });
    }
    await session.endOne();
    // Accepted calls are computed, and there is room again.
    const second = queue.enter(50);
    second.leave();
    first.leave(new Error("over"));
    await session.endOne();
    await settled;
    expect(queue.queuedTokens).toBe(0);
  });

  it("estimates when there will be room, once it has seen passes", async () => {
    const session = manualSession();
    const queue = new PassQueue({ model: "m", slots: () => 1, maxQueuedTokens: 10 });
    const call = queue.enter(0);
    const passes = [10, 10, 10].map((tokens) => call.run(tokens, session.pass("a")));
    const settled = Promise.allSettled(passes);
    await session.endOne();
    expect(() => queue.enter(10)).toThrow(expect.objectContaining({ retryAfterMs: expect.any(Number) }));
    call.leave(new Error("over"));
    await session.endOne();
    await settled;
  });

  it("counts the waiting tokens correctly, whatever happens", async () => {
    type Step = readonly [call: number, what: "enter" | "run" | "leave" | "end", tokens: number];
    const steps = fc.array(
      fc.tuple(
        fc.nat(4),
        fc.constantFrom("enter" as const, "run" as const, "leave" as const, "end" as const),
        fc.nat(50),
      ),
      { maxLength: 60 },
    );
    const play = async (list: readonly Step[]) => {
      const session = manualSession();
      const queue = new PassQueue({ model: "m", slots: () => 2, maxQueuedTokens: 60 });
      const calls = new Map<number, QueuedCall>();
      const settled: Promise<unknown>[] = [];
      for (const [index, what, tokens] of list) {
        if (what === "end") await session.endOne();
        else if (what === "enter" && !calls.has(index)) {
          try {
            calls.set(index, queue.enter(tokens));
          } catch (error) {
            expect(error).toBeInstanceOf(OverloadedError);
          }
        } else if (what === "run") {
          const pass = calls.get(index)?.run(tokens, session.pass(`${index}`));
          if (pass) settled.push(pass.catch(() => {}));
        } else if (what === "leave") {
          calls.get(index)?.leave(new Error("left"));
          calls.delete(index);
        }
        expect(queue.queuedTokens).toBeGreaterThanOrEqual(0);
        expect(session.underWay).toBeLessThanOrEqual(2);
      }
      for (const call of calls.values()) call.leave(new Error("over"));
      expect(queue.queuedTokens).toBe(0);
      while (session.underWay > 0) await session.endOne();
      await Promise.all(settled);
    };
    await fc.assert(fc.asyncProperty(steps, play), { numRuns: 60 });
  });
});
