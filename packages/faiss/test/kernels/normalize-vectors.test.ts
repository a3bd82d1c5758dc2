import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { DimensionMismatchError } from "../../src/errors/dimension-mismatch-error.js";
import { InvalidArgumentError } from "../../src/errors/invalid-argument-error.js";
import { normalizeVectors } from "../../src/kernels/normalize-vectors.js";

it("scales each row to length 1, keeps zeros, and does not change the given array", () => {
  const given = Float32Array.of(3, 4, 0, 0);
  expect([...normalizeVectors(given, 2)]).toEqual([Math.fround(0.6), Math.fround(0.8), 0, 0]);
  expect([...given]).toEqual([3, 4, 0, 0]);
});

it("throws if vectors are not whole rows", () => {
  const length = fc.nat(12);
  fc.assert(
    fc.property(length, fc.integer({ min: 1, max: 5 }), (floats, dimensions) => {
      const normalize = () => normalizeVectors(new Float32Array(floats), dimensions);
      if (floats % dimensions === 0) expect(normalize()).toHaveLength(floats);
      else expect(normalize).toThrow(DimensionMismatchError);
    }),
  );
  expect(() => normalizeVectors([3, 4] as never, 2)).toThrow(InvalidArgumentError);
  expect(() => normalizeVectors(Float32Array.of(3, 4), 0)).toThrow(InvalidArgumentError);
});
