import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";

const BENCH = join(__dirname, "../../../bench");

/** Results of the benchmarks' shared parts for these inputs. Another process computes them, because jest's sandbox compiles only TypeScript. */
const PROGRAM = `
  const load = (path) => import(${JSON.stringify(`file://${BENCH}/`)} + path);
  const { atRecall } = await load("support/at-recall.mjs");
  const { Figures, ratiosOf } = await load("support/figures.mjs");
  const { takeTurns } = await load("support/take-turns.mjs");
  const { drift } = await load("encoders/drift.mjs");
  const { batchesOf } = await load("encoders/batches-of.mjs");

  const curve = [{ recall: 0.99, value: 4 }, { recall: 0.9, value: 1 }];
  const one = new Figures("topic", { jobs: 1 });
  one.addTimes("job", { ours: { int8: [10, 20, 30] }, peers: { peer: [20, 30, 90] }, base: "int8" });
  const two = new Figures("topic", { jobs: 2 });
  two.add("drift", "small, 20 texts", "peer", { max: 0.123456 });
  const order = [];
  const turn = (name) => async (round) => { order.push(name + round); return round; };
  const turns = await takeTurns({ a: turn("a"), b: turn("b"), c: turn("c") }, { rounds: 4 });
  const early = await takeTurns({ a: turn("d") }, { rounds: 50, leastRounds: 2, budgetMs: 0 });
  const failed = [];
  const failing = { good: turn("e"), bad: async (round) => { if (round === 1) throw new Error("crash"); return round; } };
  const left = await takeTurns(failing, { rounds: 3, onError: (name, { message }) => failed.push(name + ": " + message) });
  const batches = [];
  const lengths = await batchesOf(["a", "dddd", "bb", ["c", "cc"]], 3, async (batch) => {
    batches.push(batch);
    return batch.map((text) => [text].flat().join("").length);
  });
  process.stdout.write(JSON.stringify({
    recalls: [0.8, 0.9, 0.945, 0.99].map((recall) => atRecall(curve, recall)),
    beyond: atRecall(curve, 0.995) === undefined,
    ratios: ratiosOf([2, 6, 5], [1, 2]),
    one: one.line, two: two.line.drift, order, turns, left, failed, early: early.a.length, batches, lengths,
    drift: drift([[1, 2], [3, 4]], [[1, 2.5], [3, 3]]),
    noNumber: [drift([null], [1]), drift([1], [1, 2])].every((each) => each === undefined),
  }));`;

describe("the benchmarks' shared parts", () => {
  // biome-ignore lint/suspicious/noExplicitAny: printed by another process
  let made: any;
  beforeAll(() => {
    const args = ["--input-type=module", "-e", PROGRAM];
    made = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  });

  it("interpolate between points of a curve by the logarithm, and not beyond it", () => {
    const expected = [1, 1, 2, 4];
    for (const [i, value] of expected.entries()) expect(made.recalls[i]).toBeCloseTo(value, 10);
    expect(made.beyond).toBe(true);
  });

  it("compare a peer with ours round by round, as far as both have rounds", () => {
    expect(made.ratios).toEqual([2, 3]);
    expect(made.one).toMatchObject({ ours: { int8: 20 }, peers: { peer: 30 }, ratios: { peer: 2 } });
    expect(made.one.spread).toEqual({ int8: [15, 25], peer: [25, 60] });
    expect(made.one.cpu.name).toEqual(expect.any(String));
  });

  it("name the job where there are several, and round to four digits", () => {
    expect(made.two).toEqual({ "small, 20 texts: peer": { max: 0.1235 } });
  });

  it("let each contender run once a round, in an order that changes", () => {
    const rounds = [0, 1, 2, 3].map((round) => made.order.slice(3 * round, 3 * round + 3));
    for (const [round, names] of rounds.entries())
      expect([...names].sort()).toEqual([`a${round}`, `b${round}`, `c${round}`]);
    const orders = new Set(rounds.map((names) => names.map((name: string) => name[0]).join("")));
    expect(orders.size).toBeGreaterThan(1);
    expect(made.turns).toEqual({ a: [0, 1, 2, 3], b: [0, 1, 2, 3], c: [0, 1, 2, 3] });
  });

  it("stop when the time is spent, but not before the least number of rounds", () => {
    expect(made.early).toBe(2);
  });

  it("drop a contender that fails, and continue with the others", () => {
    expect({ left: made.left, failed: made.failed }).toEqual({
      left: { good: [0, 1, 2] },
      failed: ["bad: crash"],
    });
  });

  it("measure drift as the largest and the mean difference, and none of values that are not numbers", () => {
    expect(made.drift).toEqual({ max: 1, mean: 0.375 });
    expect(made.noNumber).toBe(true);
  });

  it("batch texts of similar length, the longest first, and keep their order", () => {
    expect(made.batches).toEqual([["dddd", ["c", "cc"], "bb"], ["a"]]);
    expect(made.lengths).toEqual([1, 4, 2, 3]);
  });
});
