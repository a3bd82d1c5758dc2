import { expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { orderByScore } from "../../src/scores/order-by-score.js";

it("orders by falling score; ties keep their order, NaN comes last", () => {
  expect(orderByScore([0.1, Number.NaN, 0.9, 0.1, 0.5])).toEqual([2, 4, 0, 3, 1]);
  expect(orderByScore(Float32Array.of(1, 3, 2), 2)).toEqual([1, 2]);
  expect(orderByScore([])).toEqual([]);
});

it("returns a prefix of one order, each index once", () => {
  fc.assert(
    fc.property(fc.array(fc.double()), fc.integer({ min: 1, max: 20 }), (scores, topN) => {
      const all = orderByScore(scores);
      expect([...all].sort((a, b) => a - b)).toEqual(scores.map((_, index) => index));
      expect(orderByScore(scores, topN)).toEqual(all.slice(0, topN));
    }),
  );
});

it.each([0, -1, 1.5, Number.NaN])("throws if topN is %p", (topN) => {
  expect(() => orderByScore([1], topN)).toThrow("Expected `topN` to be a positive integer");
});
