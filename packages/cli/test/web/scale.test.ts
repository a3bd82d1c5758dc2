import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { scaleOf, shareOf, shownScore } from "../../web/src/scale.js";

describe("scaleOf", () => {
  it("is 0 to 1 for probabilities, and has whole bounds for logits", () => {
    expect(scaleOf([0.2, 0.97])).toEqual({ min: 0, max: 1 });
    expect(scaleOf([-10.7, 4.2])).toEqual({ min: -11, max: 5 });
    expect(scaleOf([Number.NaN, Number.POSITIVE_INFINITY])).toEqual({ min: 0, max: 1 });
    expect(scaleOf([])).toEqual({ min: 0, max: 1 });
  });

  it("has room for every score, in their order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 2 }), (hundredths) => {
        const scores = hundredths.map((score) => score / 100).sort((a, b) => a - b);
        const shares = scores.map((score) => shareOf(score, scaleOf(scores)));
        expect(shares.every((share, i) => share >= 0 && share <= 1 && share >= (shares[i - 1] ?? 0))).toBe(
          true,
        );
      }),
    );
  });
});

describe("shownScore", () => {
  it("has the digits that distinguish scores", () => {
    expect([0.94471, -3.256, 0, 0.00002].map(shownScore)).toEqual(["0.945", "-3.26", "0.000", "2.0e-5"]);
  });
});
