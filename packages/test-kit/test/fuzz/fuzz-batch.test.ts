import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { fuzzBatch } from "../../src/fuzz/fuzz-batch.js";
import type { FuzzTarget } from "../../src/fuzz/fuzz-target.js";

const typed = Object.assign(new Error("typed"), { name: "SomeError", secondpass: true });

/** Blocks the thread with `ms` of computing; on a busy machine, for longer. */
function compute(ms: number): void {
  const begun = process.cpuUsage();
  const computedMs = ({ user, system } = process.cpuUsage(begun)) => (user + system) / 1000;
  while (computedMs() < ms);
}

function batch(target: Partial<FuzzTarget<number>>, checksBlocking = false, runs = 50) {
  const whole = { name: "numbers", arbitrary: fc.nat(100), run: () => {}, ...target };
  return fuzzBatch(whole, { seed: 1, runs, checksBlocking });
}

describe("fuzzBatch", () => {
  it("lets a target return, and throw a SecondpassError", async () => {
    const run = async (n: number) => {
      if (n % 2) throw typed;
    };
    expect(await batch({ run })).toEqual({ runs: 50 });
  });

  it("finds an untyped error, shrinks its input, and replays it", async () => {
    const run = (n: number) => {
      if (n > 30) throw new TypeError("31 and more");
    };
    const { failure } = await batch({ run });
    expect(failure).toMatchObject({ kind: "untyped error", seed: 1 });
    expect(failure?.message).toBe("numbers: untyped error. It ended with TypeError: 31 and more\nInput: 31");
    const target = { name: "numbers", arbitrary: fc.nat(100), run };
    const replayed = await fuzzBatch(target, {
      seed: 1,
      path: failure!.path,
      runs: 1,
      checksBlocking: false,
    });
    expect(replayed.failure?.message).toContain("Input: 31");
  });

  it("counts a thrown value that is not an error as untyped", async () => {
    const run = () => Promise.reject("a text");
    expect((await batch({ run })).failure?.message).toContain("It ended with a text");
  });

  it("finds an input that never ends", async () => {
    const run = (n: number) => (n === 0 ? undefined : new Promise(() => {}));
    expect((await batch({ run, timeoutMs: 5 })).failure).toMatchObject({ kind: "hang" });
  });

  it("finds an input that blocks the thread, only in the long form", async () => {
    const run = async (n: number) => {
      await null;
      if (n === 7) compute(80);
    };
    const target = { arbitrary: fc.constantFrom(6, 7), run };
    expect((await batch(target, true, 10)).failure).toMatchObject({ kind: "stall" });
    expect((await batch(target, false, 10)).failure).toBeUndefined();
    expect((await batch({ ...target, sizeOf: () => 1_000_000 }, true, 10)).failure).toBeUndefined();
  });

  it("finds an input that takes too much memory, even if the process took more before", async () => {
    if (process.platform === "linux") Buffer.alloc(600 * 2 ** 20, 1);
    const run = (n: number) => {
      if (n > 0) Buffer.alloc(300 * 2 ** 20, 1);
    };
    expect((await batch({ run, memoryMb: 100 })).failure).toMatchObject({ kind: "over memory" });
  });
});
