import { describe, expect, it } from "@jest/globals";
import { alibiSlopes } from "../../../src/graph/layers/alibi-slopes.js";

const powersOfTwo = (exponents: readonly number[]) => exponents.map((exponent) => 2 ** -exponent);

describe("Alibi's slopes", () => {
  it.each([
    [1, [8]],
    [2, [4, 8]],
    [8, [1, 2, 3, 4, 5, 6, 7, 8]],
    [12, [1, 2, 3, 4, 5, 6, 7, 8, 0.5, 1.5, 2.5, 3.5]],
    [6, [2, 4, 6, 8, 1, 3]],
  ])("for %i heads are these powers of 1/2", (heads, exponents) => {
    const slopes = alibiSlopes(heads);
    expect(slopes).toHaveLength(heads);
    for (const [i, slope] of powersOfTwo(exponents).entries()) expect(slopes[i]).toBeCloseTo(slope, 12);
  });
});
