import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { blendOrders } from "../src/blend-orders.js";

/** Two orders of the same items: a list in the second order, in which each item has its index in the first. */
const orders = fc
  .integer({ min: 0, max: 30 })
  .chain((count) => {
    const places = Array.from({ length: count }, (_, index) => index);
    return fc.shuffledSubarray(places, { minLength: count });
  })
  .map((places) => places.map((index) => ({ index })));
const weights = fc.double({ min: 0, max: 1, noNaN: true });
const c = fc.constantFrom(0, 1, 7.5, 60, 1000);

describe("blendOrders", () => {
  it("orders by the plain sum of reciprocal ranks with equal weights", () => {
    fc.assert(
      fc.property(orders, c, (ranked, c) => {
        const sumOf = new Map(ranked.map(({ index }, i) => [index, 1 / (c + index + 1) + 1 / (c + i + 1)]));
        const expected = ranked
          .map(({ index }) => index)
          .sort((a, b) => sumOf.get(b)! - sumOf.get(a)! || a - b);
        expect(blendOrders(ranked, { c, weight: 0.5 }).map(({ index }) => index)).toEqual(expected);
      }),
    );
  });

  it("is the second order with weight 0, the first with weight 1", () => {
    fc.assert(
      fc.property(orders, c, (ranked, c) => {
        expect(blendOrders(ranked, { c, weight: 0 })).toEqual(ranked);
        expect(blendOrders(ranked, { c, weight: 1 }).map(({ index }) => index)).toEqual(
          ranked.map((_, i) => i),
        );
      }),
    );
  });

  it("keeps pairs on whose order both agree, with any weight", () => {
    fc.assert(
      fc.property(orders, c, weights, (ranked, c, weight) => {
        const blended = blendOrders(ranked, { c, weight });
        const placeOf = new Map(blended.map((item, place) => [item, place]));
        expect(placeOf.size).toBe(ranked.length);
        for (const [i, one] of ranked.entries()) {
          for (const later of ranked.slice(i + 1)) {
            if (one.index < later.index) expect(placeOf.get(one)!).toBeLessThan(placeOf.get(later)!);
          }
        }
      }),
    );
  });
});
