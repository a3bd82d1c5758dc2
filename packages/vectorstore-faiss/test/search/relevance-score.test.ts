import { describe, expect, it } from "@jest/globals";
import { UnsupportedOperationError } from "@secondpass/faiss";
import fc from "fast-check";
import { DISTANCE_STRATEGIES, type DistanceStrategy } from "../../src/contents/distance-strategy.js";
import { relevanceFor } from "../../src/search/relevance-score.js";

/** Those for which LangChain Python has a formula. */
const WITH_FORMULA: readonly DistanceStrategy[] = ["l2", "ip", "cosine"];

describe("relevanceFor", () => {
  it.each(WITH_FORMULA)("is 1 for the same vector, and from 0 to 1 for any: %s", (strategy) => {
    const relevance = relevanceFor(strategy);
    expect(relevance(strategy === "l2" ? 0 : 1)).toBe(1);
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (score) => {
        expect(relevance(score)).toBeGreaterThanOrEqual(0);
        expect(relevance(score)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each(WITH_FORMULA)("never ranks a worse score above a better one: %s", (strategy) => {
    const relevance = relevanceFor(strategy);
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        const [worse, better] = (strategy === "l2") === a > b ? [a, b] : [b, a];
        expect(relevance(worse)).toBeLessThanOrEqual(relevance(better));
      }),
    );
  });

  it("throws for all others, and only when it is called", () => {
    const others = DISTANCE_STRATEGIES.filter((strategy) => !WITH_FORMULA.includes(strategy));
    expect(others).toContain("l1");
    for (const strategy of others) expect(() => relevanceFor(strategy)(1)).toThrow(UnsupportedOperationError);
  });

  it("has LangChain Python's formula for squared distances, and the cosine itself", () => {
    expect(relevanceFor("l2")(0.5)).toBeCloseTo(1 - 0.5 / Math.SQRT2, 12);
    expect(relevanceFor("cosine")(0.25)).toBe(0.25);
    expect(relevanceFor("cosine")(-0.25)).toBe(0);
    expect(relevanceFor("ip")(0.75)).toBe(0.75);
  });
});
