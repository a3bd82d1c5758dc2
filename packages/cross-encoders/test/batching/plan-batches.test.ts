import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { planBatches } from "../../src/batching/plan-batches.js";

const pair = fc.tuple(fc.constantFrom("a", "b", "c"), fc.string({ unit: "binary", maxLength: 40 }));
const limits = fc.record({
  maxPairs: fc.integer({ min: 1, max: 8 }),
  maxBytes: fc.integer({ min: 1, max: 400 }),
  oneQuery: fc.boolean(),
});

describe("planBatches", () => {
  it("puts every pair into one batch, within the limits, with its index", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { maxLength: 30 }), limits, async (pairs, limit) => {
        const batches = await planBatches(pairs, limit);
        const places = batches.flatMap(({ indices }) => indices);
        expect([...places].sort((a, b) => a - b)).toEqual(pairs.map((_, index) => index));
        for (const batch of batches) {
          expect(batch.pairs).toEqual(batch.indices.map((index) => pairs[index]));
          expect(batch.pairs.length).toBeLessThanOrEqual(limit.maxPairs);
          const bytes = Buffer.byteLength(JSON.stringify(batch.pairs));
          if (batch.pairs.length > 1) expect(bytes).toBeLessThanOrEqual(limit.maxBytes);
          if (limit.oneQuery) expect(new Set(batch.pairs.map(([query]) => query)).size).toBe(1);
        }
      }),
    );
  });

  it("keeps the caller's order if queries may be mixed", async () => {
    const pairs = ["a", "b", "a"].map((query) => [query, "text"] as const);
    const [batch] = await planBatches(pairs, { maxPairs: 9, maxBytes: 999, oneQuery: false });
    expect(batch?.indices).toEqual([0, 1, 2]);
  });
});
