import { describe, expect, it } from "@jest/globals";
import type { Isolation } from "../../src/contracts/load-options.js";
import { chooseIsolation, type Surroundings } from "../../src/session/choose-isolation.js";

const PLAIN: Surroundings = {
  isMainThread: true,
  isBun: false,
  canSpawn: true,
  otherOnnxRuntime: () => undefined,
};
const ALL: readonly Isolation[] = ["none", "worker", "process"];

describe("chooseIsolation", () => {
  const choose = (changes: Partial<Surroundings>, mayLoop = false) =>
    ALL.map((wanted) => chooseIsolation(wanted, { mayLoop }, { ...PLAIN, ...changes }));

  it("computes in the requested place", () => {
    expect(choose({})).toEqual(ALL);
  });

  it.each<[string, Partial<Surroundings>, boolean]>([
    ["in the caller's worker thread", { isMainThread: false }, false],
    ["next to another onnxruntime", { otherOnnxRuntime: () => "/other/libonnxruntime.so.1" }, false],
    ["under Bun", { isBun: true }, false],
    ["for a graph that may loop", {}, true],
  ])("takes a process %s", (_where, changes, mayLoop) => {
    expect(choose(changes, mayLoop)).toEqual(["process", "process", "process"]);
    // If child processes are impossible, a thread is better than nothing.
    expect(choose({ ...changes, canSpawn: false }, mayLoop)).toEqual(ALL);
  });
});
