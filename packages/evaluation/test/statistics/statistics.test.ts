import { describe, expect, it } from "@jest/globals";
import { InvalidOptionError } from "@secondpass/core";
import * as fc from "fast-check";
import { holmCorrection, pairedBootstrap, queriesNeeded, randomizationTest } from "../../src/index.js";
import golden from "../goldens/statistics.json";

const { randomizationTests, holmCorrections, queriesNeeded: needed, bootstraps } = golden.cases;
const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe("randomizationTest", () => {
  it.each(randomizationTests.map((example, i) => [i, example] as const))(
    "counts all signs as scipy does, case %d",
    async (_, { a, b, pValue }) => {
      const result = await randomizationTest(a, b);
      expect(result.exact).toBe(true);
      expect(result.pValue).toBeCloseTo(pValue, 9);
    },
  );

  it("is near the exact value if it draws signs, and the same for the same seed", async () => {
    // 20 differing queries are counted; one more, with a tiny difference, makes 21.
    const a = Array.from({ length: 20 }, (_, i) => ((i * 37) % 20) / 20 + 0.01);
    const b = Array.from({ length: 20 }, (_, i) => ((i * 11) % 20) / 26);
    const exact = await randomizationTest(a, b);
    const sampled = await randomizationTest([...a, 1e-9], [...b, 0], { samples: 20_000, seed: 5 });
    expect([exact.exact, sampled.exact]).toEqual([true, false]);
    expect(Math.abs(exact.pValue - sampled.pValue)).toBeLessThan(0.02);
    expect(await randomizationTest([...a, 1e-9], [...b, 0], { samples: 20_000, seed: 5 })).toEqual(sampled);
  });

  it("finds no difference between equal systems", async () => {
    expect(await randomizationTest([], [])).toEqual({ difference: 0, pValue: 1, exact: true });
    expect(await randomizationTest([0.3, 1], [0.3, 1])).toEqual({ difference: 0, pValue: 1, exact: true });
  });

  it("is the same if the systems change places", async () => {
    await fc.assert(
      fc.asyncProperty(values, async (a) => {
        const b = a.map((_, i) => ((i * 7) % 10) / 10);
        const [one, other] = [await randomizationTest(a, b), await randomizationTest(b, a)];
        expect(one.pValue).toBe(other.pValue);
        expect(one.difference).toBeCloseTo(-other.difference, 12);
      }),
      { numRuns: 30 },
    );
  });
});

describe("pairedBootstrap", () => {
  it.each(bootstraps)("comes near scipy's percentile interval", async ({ a, b, low, high, error }) => {
    const interval = await pairedBootstrap(a, b, { samples: 20_000 });
    // Two random procedures: they differ by some hundredths of the standard error.
    expect(Math.abs(interval.low - low)).toBeLessThan(error / 8);
    expect(Math.abs(interval.high - high)).toBeLessThan(error / 8);
    expect(await pairedBootstrap(a, b, { samples: 20_000 })).toEqual(interval);
  });

  it("draws other samples for another seed", async () => {
    const [a, b] = [bootstraps[1]!.a, bootstraps[1]!.b];
    expect(await pairedBootstrap(a, b, { seed: 1 })).not.toEqual(await pairedBootstrap(a, b));
  });

  it("is a point for equal differences, and zero for no queries", async () => {
    expect(await pairedBootstrap([1, 1, 1], [0.5, 0.5, 0.5])).toEqual({
      difference: 0.5,
      low: 0.5,
      high: 0.5,
      confidence: 0.95,
    });
    expect(await pairedBootstrap([], [])).toMatchObject({ difference: 0, low: 0, high: 0 });
  });

  it("stops if its signal aborts, and throws for lists of different lengths", async () => {
    const long = Array.from({ length: 1_000 }, (_, i) => i);
    const aborted = new AbortController();
    const call = pairedBootstrap(long, long, { samples: 1_000_000, signal: aborted.signal });
    setTimeout(() => aborted.abort(new Error("enough")), 5);
    await expect(call).rejects.toThrow("enough");
    await expect(pairedBootstrap([1], [])).rejects.toThrow(InvalidOptionError);
    await expect(pairedBootstrap([Number.NaN], [1])).rejects.toThrow("a[0]");
    await expect(pairedBootstrap([1], [1], { confidence: 95 })).rejects.toThrow("0.95");
    await expect(pairedBootstrap([1], [1], { seed: -1 })).rejects.toThrow("seed");
  });
});

describe("holmCorrection", () => {
  it.each(holmCorrections)("adjusts as statsmodels", ({ pValues, adjusted }) => {
    for (const [i, value] of holmCorrection(pValues).entries()) expect(value).toBeCloseTo(adjusted[i]!, 12);
  });

  it("throws if a value is not a p-value", () => {
    expect(() => holmCorrection([0.5, 1.5])).toThrow("pValues[1]");
    expect(holmCorrection([])).toEqual([]);
  });
});

describe("queriesNeeded", () => {
  it.each(needed)("is statsmodels' sample size", ({ a, b, queries }) => {
    expect(queriesNeeded(a, b)).toBe(Math.max(2, queries));
  });

  it("is infinite for equal systems", () => {
    expect(queriesNeeded([1, 0], [1, 0])).toBe(Number.POSITIVE_INFINITY);
    expect(queriesNeeded([1], [0])).toBe(Number.POSITIVE_INFINITY);
    expect(queriesNeeded([1, 1, 1], [0, 0, 0])).toBe(2);
  });
});
